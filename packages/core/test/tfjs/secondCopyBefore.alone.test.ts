import { afterAll, describe, expect, it, vi } from 'vitest'
import { UnsupportedError } from '../../src/index.ts'
import { loadSecondCopy } from './secondCopy.ts'

describe('another copy of tfjs-core, loaded before ours', () => {
  const other = loadSecondCopy('4.19.0')
  afterAll(other.remove)

  it('is told', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const { tensorflow } = await import('../../src/tfjs/index.ts')
    warn.mockRestore()
    expect(() => tensorflow()).toThrow(UnsupportedError)
    expect(() => tensorflow()).toThrow('and 4.19.0 from ')
  })

  it('is told where loaded modules cannot be listed', async () => {
    const { tensorflow } = await import('../../src/tfjs/index.ts')
    const unlisted = vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined)
    expect(() => tensorflow()).toThrow('and another whose version is not known')
    unlisted.mockRestore()
  })
})
