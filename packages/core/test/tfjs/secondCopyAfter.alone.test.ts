import * as tf from '@tensorflow/tfjs-core'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { UnsupportedError } from '../../src/index.ts'
import { tensorflow } from '../../src/tfjs/index.ts'
import { loadSecondCopy } from './secondCopy.ts'

describe('a second copy of tfjs-core, loaded after ours', () => {
  let remove = (): void => {}
  afterAll(() => remove())

  it('is told, with both versions and the fix', () => {
    expect(tensorflow().version_core).toBe(tf.version_core)
    const second = loadSecondCopy('4.20.0')
    remove = second.remove
    expect(second.tf.Tensor).not.toBe(tf.Tensor)
    expect(() => tensorflow()).toThrow(UnsupportedError)
    expect(() => tensorflow()).toThrow(
      `tensorflow: two copies of @tensorflow/tfjs-core are loaded: ${tf.version_core}, which @variate/core ` +
        `imports, and 4.20.0 from ${second.path}. Find them with \`npm ls @tensorflow/tfjs-core\` and keep one, ` +
        'by `npm dedupe` or "overrides" in package.json.',
    )
  })

  it('is told where loaded modules cannot be listed', () => {
    const unlisted = vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined)
    expect(() => tensorflow()).toThrow('and another whose version is not known')
    unlisted.mockRestore()
  })
})
