import { expect, test } from 'vitest'
import { measureMemory, memoryRatio } from '../src/memory/memory.ts'

test('a fit to a million observations needs at most 1.5 times their memory beside them', async () => {
  const figures = await measureMemory(1_000_000)
  expect(figures.iterations).toBe(20)
  expect(memoryRatio(figures)).toBeLessThanOrEqual(1.5)
})
