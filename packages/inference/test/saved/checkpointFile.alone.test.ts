import { UnsupportedError } from '@variate/core'
import { checkpointFile } from '@variate/inference'
import { expect, test, vi } from 'vitest'

test('where there are no files it is said so, and what to do', () => {
  vi.stubGlobal('process', undefined)
  let thrown: unknown
  try {
    checkpointFile('fit')
  } catch (error) {
    thrown = error
  } finally {
    vi.unstubAllGlobals()
  }
  expect(thrown).toBeInstanceOf(UnsupportedError)
  expect((thrown as Error).message).toContain('there are no files here')
})
