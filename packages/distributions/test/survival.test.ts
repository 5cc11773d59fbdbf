import '@tensorflow/tfjs-backend-cpu'
import { describe, expect, it } from 'vitest'
import type { Distribution, Numbers } from '../src/index.ts'
import * as distributions from '../src/index.ts'
import type { Tensor } from '@tensorflow/tfjs-core'

type Survivor = Distribution & { survival(x: Numbers): Tensor; cdf(x: Numbers): Tensor }

/** scipy 1.17.1: `sf` of the distribution at x. */
const tails: readonly (readonly [name: string, args: readonly unknown[], x: number, survival: number])[] = [
  ['normal', [0, 1], 6.5, 4.016000584e-11],
  ['normal', [1, 2], -30, 1],
  ['logNormal', [0, 1], 1000, 2.461912019e-12],
  ['halfNormal', [2], 14, 2.559625088e-12],
  ['laplace', [0, 1], 30, 4.678811484e-14],
  ['laplace', [0, 1], -3, 0.9751064658],
  ['logistic', [0, 2], 70, 6.30511676e-16],
  ['gumbel', [1, 2], 60, 1.542811203e-13],
  ['cauchy', [0, 1], 1000000000.0, 3.183098862e-10],
  ['halfCauchy', [2], 1000000000.0, 1.273239545e-9],
  ['studentT', [4, 0, 1], 2000, 1.874996875e-13],
  ['exponential', [2], 40, 1.804851388e-35],
  ['gamma', [3, 2], 40, 5.921717404e-32],
  ['chiSquared', [5], 120, 3.138579773e-24],
  ['inverseGamma', [3, 2], 4000, 2.08255224e-11],
  ['weibull', [1, 2], 7, 5.242885663e-22],
  ['pareto', [1, 3], 4096, 1.455191523e-11],
  ['rayleigh', [2], 16, 1.266416555e-14],
  ['beta', [2, 5], 0.9990234375, 5.32473371e-15],
  ['poisson', [2], 20, 6.108071948e-15],
  ['geometric', [{ probs: 0.25 }], 100, 2.405401639e-13],
  ['bernoulli', [{ probs: 2 ** -30 }], 0, 9.313225746e-10],
  ['binomial', [30, { probs: 0.125 }], 20, 4.950441257e-13],
  ['negativeBinomial', [3, { probs: 0.25 }], 40, 1.067192237e-22],
  ['negativeBinomial2', [3, 2.5], 120, 4.444047282e-30],
  ['betaBinomial', [2, 40, 30], 22, 1.586015252e-11], // mpmath 1.4.1: scipy gives 1 − cdf
  ['hypergeometric', [200, 20, 40], 16, 3.774627921e-11],
  ['discreteUniform', [1, 6], 4, 0.3333333333],
  ['categorical', [{ probs: [0.5, 0.5, 2 ** -30] }], 1, 9.313225746e-10],
  ['orderedLogistic', [0.5, [0, 40]], 1, 7.004352026e-18], // 1/(1 + e^39.5)
]

/** The tails of combinations: scipy 1.17.1, `sf` of the base, divided or weighted. */
const combined: readonly (readonly [d: Survivor, x: number, survival: number])[] = [
  [distributions.censored(distributions.normal(0, 1), { high: 8 }), 6.5, 4.016000584e-11],
  [distributions.censored(distributions.normal(0, 1), { high: 6 }), 6.5, 0],
  [distributions.censored(distributions.normal(0, 1), { low: -1 }), -1.5, 1],
  [distributions.truncated(distributions.normal(0, 1), { low: 0 }), 6.5, 8.032001168e-11],
  [distributions.truncated(distributions.normal(0, 1), { low: 0, high: 1 }), -1, 1],
  [distributions.mixture({ probs: [0.5, 0.5] }, distributions.normal([0, -9], 1)), 6.5, 2.008000292e-11],
  [
    distributions.mixture({ probs: [0.5, 0.5] }, [distributions.normal(0, 1), distributions.halfNormal(1)]),
    6.5,
    6.024000876e-11,
  ],
  [distributions.zeroInflated(distributions.poisson(2), { gate: 0.5 }), 20, 3.054035974e-15],
  [distributions.zeroInflated(distributions.poisson(2), { gate: 0.5 }), -1, 1],
]

const factories = distributions as unknown as Readonly<
  Record<string, (...args: readonly unknown[]) => Survivor>
>

describe('survival', () => {
  it.each(tails)('of %s%j beyond %d keeps its digits', (name, args, x, survival) => {
    const d = factories[name]!(...args)
    expect(Math.abs(d.survival(x).dataSync()[0]! / survival - 1)).toBeLessThan(2e-5)
  })

  it.each(tails)('of %s%j is the rest of its cdf', (name, args) => {
    const d = factories[name]!(...args)
    const points = [-3, -0.5, 0, 0.25, 0.75, 1, 2, 5, 1e4]
    const [below, above] = [d.cdf(points).dataSync(), d.survival(points).dataSync()]
    points.forEach((x, i) => expect(below[i]! + above[i]!, `at ${x}`).toBeCloseTo(1, 6))
  })

  it.each(combined.map(([d, x, p]) => [d.name, x, p, d] as const))(
    'of %s beyond %d keeps its digits: %d',
    (_, x, survival, d) => {
      const got = d.survival(x).dataSync()[0]!
      expect(Math.abs(got - survival)).toBeLessThanOrEqual(2e-5 * survival)
      expect(got + d.cdf(x).dataSync()[0]!).toBeCloseTo(1, 6)
    },
  )

  it('lets a value be censored far in a tail', () => {
    const { censored, exponential, truncated, normal } = distributions
    expect(censored(exponential(2), { high: 30 }).logProb(30).dataSync()[0]).toBeCloseTo(-60, 4)
    const far = truncated(normal(0, 1), { low: 7, high: Infinity }).logProb(7.1).dataSync()[0]!
    expect(far).toBeCloseTo(1.260369, 4) // scipy.stats.truncnorm.logpdf(7.1, 7, inf)
  })
})
