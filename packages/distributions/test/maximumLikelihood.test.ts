import '@tensorflow/tfjs-backend-cpu'
import { NumericalError } from '@variate/core'
import type { PlainArray } from '@variate/core/ops'
import { describe, expect, it } from 'vitest'
import {
  beta,
  betaPrime,
  chiSquared,
  continuousBernoulli,
  exponential,
  gamma,
  inverseGamma,
  invGaussian,
  pareto,
  vonMises,
  weibull,
} from '../src/index.ts'
import type { Parameter } from '../src/distribution.ts'

const positive = [0.2, 0.9, 1.7, 3.1, 0.05, 2.2]
const unit = [0.2, 0.9, 0.7, 0.31, 0.05, 0.62]
const angles = [2.9, -3, 2.5, -2.8, 3.1, 0.1]
const weights = [1, 2, 0.5, 1, 3, 0]

interface Fitted {
  readonly parameters: Readonly<Record<string, Parameter>>
}

function expectParameters({ parameters }: Fitted, expected: readonly number[], digits = 3e-6): void {
  const found = Object.values(parameters) as number[]
  expect(found).toHaveLength(expected.length)
  for (const [i, value] of expected.entries()) expect(Math.abs(found[i]! / value - 1)).toBeLessThan(digits)
}

// Expected: roots of the likelihood equations in 30 digits of mpmath 1.4.1, at observations rounded to float32.
describe('weighted maximum likelihood', () => {
  it.each([
    ['gamma', () => gamma(1, 1).fit(positive, { weights }), [0.5908416359, 0.7264446479]],
    ['inverseGamma', () => inverseGamma(1, 1).fit(positive, { weights }), [0.6452502661, 0.0713362923]],
    ['chiSquared', () => chiSquared(1).fit(positive, { weights }), [1.006361150028]],
    ['beta', () => beta(1, 1).fit(unit, { weights }), [0.5756369863, 0.8743111189]],
    ['betaPrime', () => betaPrime(1, 1).fit(positive, { weights }), [0.7867805714, 1.7651076043]],
    ['vonMises', () => vonMises(0, 1).fit(angles, { weights }), [3.135283799, 18.2285788851]],
    ['invGaussian', () => invGaussian(1, 1).fit(positive, { weights }), [0.8133333181, 0.1279479027]],
    [
      'continuousBernoulli',
      () => continuousBernoulli({ probs: 0.5 }).fit(unit, { weights }),
      [-1.5642948712],
    ],
    ['pareto, its scale known', () => pareto(0.05, 1).fit(positive, { weights }), [0.05, 0.5743890315]],
    [
      'weibull, its concentration known',
      () => weibull(1, 1.5).fit(positive, { weights }),
      [1.0782222368, 1.5],
    ],
  ] as const)('of %s', (_, fit, expected) => {
    expect.hasAssertions()
    expectParameters(fit(), expected)
  })

  it('keeps its digits where observations are close together', () => {
    expect.hasAssertions()
    expectParameters(
      gamma(1, 1).fit([100.1, 100.3, 99.7, 99.9, 100.2]),
      [215562.2144437, 2154.76025348682],
      1e-4,
    )
    expectParameters(beta(1, 1).fit([0.9001, 0.9003, 0.8998, 0.9, 0.9005]), [1385163.108, 153667.6394], 2e-3)
  })

  it('fits each element of a batch', () => {
    const columns = positive.map((x, i) => [x, unit[i]!])
    const both = gamma(1, 1).fit(columns, { weights })
    const each = [positive, unit].map((x) => gamma(1, 1).fit(x, { weights }))
    for (const name of ['concentration', 'rate'] as const) {
      expect(Array.from((both[name] as PlainArray).data)).toEqual(each.map((item) => item[name]))
    }
  })
})

describe('observations that are all equal', () => {
  it.each([
    ['gamma', () => gamma(1, 1).fit([2.1, 2.1, 2.1])],
    ['inverseGamma', () => inverseGamma(1, 1).fit([2.1, 2.1, 2.1])],
    ['beta', () => beta(1, 1).fit([0.3, 0.3, 0.3])],
    ['betaPrime', () => betaPrime(1, 1).fit([0.3, 0.3, 0.3])],
    ['vonMises', () => vonMises(0, 1).fit([0.3, 0.3, 0.3])],
    ['invGaussian', () => invGaussian(1, 1).fit([0.3, 0.3, 0.3])],
    ['exponential', () => exponential(1).fit([0, 0])],
    ['pareto', () => pareto(2, 1).fit([2, 2])],
    ['continuousBernoulli', () => continuousBernoulli({ probs: 0.5 }).fit([1, 1])],
  ])('make no %s most likely', (name, fit) => {
    expect(fit).toThrow(NumericalError)
    expect(fit).toThrow(`${name}.fit: no distribution makes these observations most likely: ${name}: `)
  })
})
