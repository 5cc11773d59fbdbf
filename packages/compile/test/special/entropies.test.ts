import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { binomialSurprise, poissonEntropy } from '@variate/core/internal'
import { derivative, differences, grid, type Elementwise } from './check.ts'

const RATES = [1e-6, 0.01, 0.4, 1, 3, 20, 150, 1e4]
const COUNTS = [1, 2, 7, 30, 1000]
const SHARES = [1e-6, 0.01, 0.3, 0.5, 0.9, 0.999]
const scalar = (f: unknown) => f as (...args: number[]) => number

test('entropies of counts are what core has, in instructions', () => {
  const ends = [0, -1, NaN, Infinity]
  const rates = grid([...RATES, ...ends])
  expect(differences(poissonEntropy as Elementwise, scalar(poissonEntropy), rates, { error: 1e-11 })).toEqual(
    [],
  )
  // What is left of terms of 3e7.
  expect(
    differences(poissonEntropy as Elementwise, scalar(poissonEntropy), [[3e6], [1e9]], { error: 1e-9 }),
  ).toEqual([])
  const trials = [...grid(COUNTS, [...SHARES, 0, 1, NaN, -1]), ...grid([0, -1, NaN, Infinity], [0, 0.3])]
  expect(
    differences(binomialSurprise as Elementwise, scalar(binomialSurprise), trials, {
      error: 1e-12,
      floor: 1e-6,
    }),
  ).toEqual([])
})

/** Five-point central differences. */
function slopeOf(f: (x: number) => number, x: number, h: number): number {
  return (8 * (f(x + h) - f(x - h)) - (f(x + 2 * h) - f(x - 2 * h))) / (12 * h)
}

test('their derivatives are those of their numbers', () => {
  const rates = grid([0.4, 1, 3, 20, 150])
  const entropy = scalar(poissonEntropy)
  const bound = { error: 1e-6, floor: 1e-2, precisions: ['float64'] } as const
  const first = (x: number): number => slopeOf(entropy, x, 1e-2 * x)
  const f = poissonEntropy as Elementwise
  expect(differences(derivative(f, 0), first, rates, bound)).toEqual([])
  expect(
    differences(derivative(f, 0, 0), (x) => slopeOf(first, x, 1e-2 * x), rates, { ...bound, error: 1e-4 }),
  ).toEqual([])
  const g = binomialSurprise as Elementwise
  const trials = grid([2, 7, 1000], [0.05, 0.3, 0.7])
  const inShare = (n: number, p: number): number =>
    slopeOf((q) => scalar(binomialSurprise)(n, q), p, 1e-2 * p)
  const twice = (n: number, p: number): number => slopeOf((q) => inShare(n, q), p, 1e-2 * p)
  expect(differences(derivative(g, 1), inShare, trials, bound)).toEqual([])
  expect(differences(derivative(g, 1, 1), twice, trials, { ...bound, error: 1e-4 })).toEqual([])
})
