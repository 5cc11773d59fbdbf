import '@tensorflow/tfjs-backend-cpu'
import { compile } from '@variate/compile'
import { NdArray } from '@variate/core'
import { constant } from '@variate/core/ops'
import { movingAverage, type Tree } from '@variate/estimators'
import { expect, test } from 'vitest'
import { signs } from './problems.ts'

// Two steps of two particles, of three elements, with averages a step before the last of which half is kept.
const COSTS = [
  [
    [1, 2, 3],
    [3, 4, 5],
  ],
  [
    [-1, 0, 6],
    [1, 2, 8],
  ],
]

test.each([
  // (½·mean₁ + mean₂)/(½ + 1)
  ['each element has its own', 1, [(0.5 * 2) / 1.5, (0.5 * 3 + 1) / 1.5, (0.5 * 4 + 7) / 1.5]],
  ['elements of which a step takes some only have one together', 2, [(0.5 * 3 + 8 / 3) / 1.5]],
])('%s: a running mean, which does not begin with 0', (_, scale, expected) => {
  const baseline = movingAverage({ decay: 0.5 })
  const run = compile(
    (state: Tree) => {
      const problem = signs(() => constant([0, 0, 0]), 3, scale)
      const about = { problem, factor: problem.factors[0]! }
      const end = COSTS.reduce<Tree>(
        (now, costs) => baseline.next({ ...about, costs: constant(costs), state: now }),
        state,
      )
      return {
        before: baseline.of({ ...about, costs: constant([0]), state }),
        after: baseline.of({ ...about, costs: constant([0]), state: end }),
      }
    },
    { precision: 'float64' },
  )
  const problem = signs(() => constant([0, 0, 0]), 3, scale)
  const { before, after } = run(baseline.init(problem.factors[0]!, problem, [3]) as never)
  expect(Array.from(before.data).every((x) => x === 0)).toBe(true)
  expect(after).toBeInstanceOf(NdArray)
  expect(after.shape).toEqual([expected.length])
  for (const [i, x] of expected.entries()) expect(after.data[i]).toBeCloseTo(x, 12)
})
