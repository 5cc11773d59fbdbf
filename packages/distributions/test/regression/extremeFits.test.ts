import '@tensorflow/tfjs-backend-cpu'
import { describe, expect, it, test } from 'vitest'
import {
  bernoulli,
  exponential,
  gamma,
  halfNormal,
  invGaussian,
  inverseGamma,
  logNormal,
  multivariateNormal,
  multivariateNormalDiag,
  normal,
  pareto,
  poisson,
  rayleigh,
  weibull,
  type Distribution,
  type FitOptions,
  type Numbers,
} from '../../src/index.ts'

type Fit = (x: Numbers, options?: FitOptions) => Distribution

/** The parameters of what was fitted, in their order. */
function parametersOf({ parameters }: Distribution): number[] {
  return Object.values(parameters).flatMap((item) =>
    typeof item === 'number' ? [item] : Array.from((item as { data: ArrayLike<number> }).data),
  )
}

test('weights whose sum is beyond float32', () => {
  const weights = [3e38, 3e38]
  expect(poisson(1).fit([3, 5], { weights }).rate).toBeCloseTo(4, 6)
  expect(bernoulli({ probs: 0.3 }).fit([0, 1], { weights }).probs).toBeCloseTo(0.5, 6)
  expect(poisson(1).fit([3, 5], { weights: [1e-30, 3e-30] }).rate).toBeCloseTo(4.5, 6)
})

describe.each<[string, Fit]>([
  ['normal', (x, options) => normal(0, 1).fit(x, options)],
  ['logNormal', (x, options) => logNormal(0, 1).fit(x, options)],
  ['halfNormal', (x, options) => halfNormal(1).fit(x, options)],
  ['rayleigh', (x, options) => rayleigh(1).fit(x, options)],
  ['exponential', (x, options) => exponential(1).fit(x, options)],
  ['gamma', (x, options) => gamma(1, 1).fit(x, options)],
  ['inverseGamma', (x, options) => inverseGamma(1, 1).fit(x, options)],
  ['invGaussian', (x, options) => invGaussian(1, 1).fit(x, options)],
  ['pareto', (x, options) => pareto(0.5, 1).fit(x, options)],
  ['weibull', (x, options) => weibull(1, 3).fit(x, options)],
])('an observation of weight 0', (name, fit) => {
  it.each([1e20, 3e38])(`counts for nothing in ${name}, be it %d`, (huge) => {
    const expected = parametersOf(fit([1, 2, 1.5]))
    const found = parametersOf(fit([1, 2, 1.5, huge], { weights: [1, 1, 1, 0] }))
    expect(found).toHaveLength(expected.length)
    for (const [i, value] of expected.entries()) expect(found[i]! / value).toBeCloseTo(1, 5)
  })
})

test('a vector of weight 0 counts for nothing', () => {
  const x = [
    [1, 2],
    [2, 5],
    [0, 1],
  ]
  const far = [...x, [1e20, -1e30]]
  const weights = [1, 1, 1, 0]
  const covariance = [
    [1, 0],
    [0, 1],
  ]
  const joint = multivariateNormal([0, 0], { covariance })
  const diagonal = multivariateNormalDiag([0, 0], [1, 1])
  for (const { fit } of [joint, diagonal] as readonly { fit: Fit }[]) {
    const expected = parametersOf(fit(x))
    for (const [i, value] of parametersOf(fit(far, { weights })).entries()) {
      expect(value).toBeCloseTo(expected[i]!, 5)
    }
  }
})

test('what has weight 0 for one element of a batch counts for another', () => {
  const weights = [
    [1, 0],
    [1, 1],
    [0, 1],
  ]
  const { loc } = normal(0, 1).fit([1, 2, 1e20], { weights })
  const [first, second] = (loc as unknown as { data: Float32Array }).data
  expect(first).toBeCloseTo(1.5, 6)
  expect(second! / 0.5e20).toBeCloseTo(1, 6)
})

// The standard deviation of 1, 2, 3 is √(2/3); their root mean square √(14/3).
test.each([1e20, 1e-25, 1e37])('deviations of the size %d have squares beyond float32', (unit) => {
  const x = [unit, 2 * unit, 3 * unit]
  const { loc, scale } = normal(0, 1).fit(x)
  expect((loc as number) / unit).toBeCloseTo(2, 5)
  expect((scale as number) / unit).toBeCloseTo(Math.sqrt(2 / 3), 5)
  expect((halfNormal(1).fit(x).scale as number) / unit).toBeCloseTo(Math.sqrt(14 / 3), 5)
  expect((rayleigh(1).fit(x).scale as number) / unit).toBeCloseTo(Math.sqrt(7 / 3), 5)
})
