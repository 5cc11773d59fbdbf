import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { betaBinomial, dirichletMultinomial, hypergeometric } from '../../src/index.ts'

test('no trials have no successes, for certain', () => {
  // scipy.stats.betabinom(0, a, b).logpmf(0): 0
  expect(betaBinomial(33594.1836, 0.00148526009, 0).logProb(0).arraySync()).toBeCloseTo(0, 30)
  expect(betaBinomial([2, 3e30], 7, [0, 0]).logProb(0).arraySync()).toEqual([0, 0])
  expect(dirichletMultinomial([33594.1836, 0.00148526009], 0).logProb([0, 0]).arraySync()).toBeCloseTo(0, 30)
})

test('a count that is the only one possible has log probability 0', () => {
  // scipy.stats.hypergeom(10, 0, 3).logpmf(0), to 1e-15: 0; of nothing at all it has none.
  for (const [total, successes, draws, count] of [
    [0, 0, 0, 0],
    [10, 0, 3, 0],
    [10, 10, 3, 3],
    [2, 0, 1, 0],
    [7, 3, 7, 3],
  ] as const) {
    expect(hypergeometric(total, successes, draws).logProb(count).arraySync()).toBeCloseTo(0, 30)
  }
  expect(
    hypergeometric([10, 0, 10, 10], [0, 0, 4, 10], [3, 0, 0, 3]).logProb([0, 0, 0, 3]).arraySync(),
  ).toEqual([0, 0, 0, 0])
})
