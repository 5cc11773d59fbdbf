import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { special } from '@variate/core'
import {
  binomialCdf,
  binomialQuantile,
  negativeBinomialQuantile,
  oddsOfBetainc,
  poissonCdf,
  poissonQuantile,
} from '@variate/core/internal'
import { betaincInverse, gammaincInverse, gammainccInverse } from '@variate/core/ops'
import { derivative, differences, grid, type Elementwise } from './check.ts'

const SHARES = [
  0, 1e-300, 1e-100, 1e-20, 1e-8, 1e-3, 0.01, 0.1, 0.2, 0.35, 0.49, 0.5, 0.51, 0.65, 0.8, 0.9, 0.99, 0.999, 1 - 1e-9, 1,
  -0.5, 1.5, NaN,
] // prettier-ignore
const SHAPES = [0.01, 0.1, 0.3, 0.49, 0.5, 0.9, 1, 1.5, 3, 7.9, 20, 39.9, 40, 150, 2500, 1e5, 1e9]
const scalar = (f: unknown) => f as (...args: number[]) => number

// A quantile is as exact as its logarithm, to which the least parameter is a divisor.
test.each([
  ['gammaincInverse', gammaincInverse],
  ['gammainccInverse', gammainccInverse],
])('%s is what core has, in instructions', (_, f) => {
  const rows = [
    ...grid(SHAPES, SHARES),
    ...grid([0, -1, NaN, Infinity], [0, 0.3, 1, NaN]),
    ...grid([1e20], [0.1, 0.9]),
  ]
  expect(differences(f as Elementwise, scalar(f), rows, { error: 1e-12 })).toEqual([])
})

test('so are derivatives of quantiles in the shape', () => {
  const rows = grid(SHAPES, [1e-8, 0.1, 0.5, 0.8, 0.99])
  const inverse = gammaincInverse as Elementwise
  const first = (a: number, x: number): number => special.gammaSampleDerivative(a, x)
  const second = (a: number, x: number): number => {
    const alongX = -special.logMinusDigamma(x, a) - first(a, x) * ((a - 1) / x - 1)
    return special.gammaSampleDerivativeDa(a, x) + first(a, x) * alongX
  }
  const of = (f: (a: number, x: number) => number) => (a: number, p: number) =>
    f(a, special.gammaincInverse(a, p))
  // In float32 they are of quantiles that are rounded.
  expect(
    differences(derivative(inverse, 0), of(first), rows, { error: 1e-11, precisions: ['float64'] }),
  ).toEqual([])
  const some = grid([0.3, 0.9, 1, 3, 20, 39, 41, 150, 2500], [0.1, 0.5, 0.8, 0.99])
  expect(
    differences(derivative(inverse, 0, 0), of(second), some, { error: 1e-9, precisions: ['float64'] }),
  ).toEqual([])
})

test.each([
  ['betaincInverse', betaincInverse],
  ['oddsOfBetainc', oddsOfBetainc],
])('%s is what core has, in instructions', (_, f) => {
  const rows = [...grid(SHAPES, SHAPES, SHARES), ...grid([0, -1, NaN, Infinity], [1], [0, 0.3, 1])]
  expect(differences(f as Elementwise, scalar(f), rows, { error: 1e-11 })).toEqual([])
})

const COUNTS = [-1, -0.5, 0, 0.5, 1, 2, 7, 30, 99.9, 1000, 1e5, NaN, Infinity]

test('so are distribution functions of counts', () => {
  const rates = [0, 1e-5, 0.3, 1, 8, 33, 900, 1.01e5, NaN]
  expect(
    differences(poissonCdf as Elementwise, scalar(poissonCdf), grid(COUNTS, rates), { error: 2e-12 }),
  ).toEqual([])
  const trials = grid(COUNTS, [0, 1, 5, 31, 1000, 1.2e5], [0, 1e-5, 0.1, 0.5, 0.8, 1]).map(
    ([k, n, p]) => [k!, n!, p!, 1 - p!] as const,
  )
  expect(differences(binomialCdf as Elementwise, scalar(binomialCdf), trials, { error: 2e-12 })).toEqual([])
})

test('and their quantiles', () => {
  const shares = SHARES.filter((p) => p !== 1e-300)
  const rates = [0, 0.3, 1, 8, 33, 900, 1.01e5]
  expect(
    differences(poissonQuantile as Elementwise, scalar(poissonQuantile), grid(shares, rates), { error: 0 }),
  ).toEqual([])
  const trials = grid(shares, [0, 1, 5, 31, 1000], [0, 1e-5, 0.1, 0.5, 0.8, 1])
  expect(
    differences(
      binomialQuantile as Elementwise,
      scalar(binomialQuantile),
      trials.map(([u, n, p]) => [u!, n!, p!, 1 - p!]),
      { error: 0 },
    ),
  ).toEqual([])
  const failures = grid(shares, [0.3, 1, 8, 100], [0, 0.01, 1, 20])
  expect(
    differences(negativeBinomialQuantile as Elementwise, scalar(negativeBinomialQuantile), failures, {
      error: 0,
    }),
  ).toEqual([])
})
