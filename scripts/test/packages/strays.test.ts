import { describe, expect, test } from 'vitest'
import { isStray, strayProblems } from '../../packages/strays.ts'

describe('a file named like a test', () => {
  test.each([
    'packages/core/test/foo.spec.ts',
    'packages/core/src/foo.test.ts',
    'apps/tour/foo.test.ts',
    'docs/a.test.mts',
  ])('%s is a stray', (path) => expect(isStray(path)).toBe(true))

  test.each([
    'packages/core/test/a/b.test.ts',
    'apps/tour/test/a.slow.test.ts',
    'packages/models/test/types.test-d.ts',
  ])('%s is found by a run', (path) => expect(isStray(path)).toBe(false))
})

test('there is none here', () => {
  expect(strayProblems()).toEqual([])
})
