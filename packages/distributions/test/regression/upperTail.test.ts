import '@tensorflow/tfjs-backend-cpu'
import { key, NumericalError } from '@variate/core'
import { expect, test } from 'vitest'
import * as d from '../../src/index.ts'
import { valueOf } from './everyUnivariate.ts'

const upper = [
  [d.normal(0, 1), 6],
  [d.logNormal(0, 1), 1000],
  [d.exponential(1), 25],
  [d.halfNormal(1), 6],
  [d.gamma(3, 1), 30],
  [d.chiSquared(3), 60],
  [d.inverseGamma(3, 1), 1000],
  [d.weibull(1, 1.5), 9],
  [d.pareto(1, 3), 1000],
  [d.rayleigh(1), 7],
  [d.logistic(0, 1), 25],
  [d.laplace(0, 1), 25],
  [d.cauchy(0, 1), 1e9],
  [d.halfCauchy(1), 1e9],
  [d.gumbel(0, 1), 25],
  [d.studentT(3, 0, 1), 2000],
] as const

test.each(upper)('draws and quantiles in the upper tail keep their digits (%#)', (base, low) => {
  const tail = d.truncated<d.Invertible & Pick<d.Capabilities, 'survival'>>(base, { low })
  const draws = tail.sample(key(1), [200]).dataSync()
  expect(draws.every((x) => x >= low && x < Infinity)).toBe(true)
  expect(new Set(draws).size).toBeGreaterThan(90)
  const median = valueOf(tail.icdf, 0.5)
  expect(valueOf(base.survival, median) / valueOf(base.survival, low)).toBeCloseTo(0.5, 3)
})

test('ends between which float32 has too little probability are refused', () => {
  const far = d.truncated(d.skewNormal(0, 1, 2), { low: [0, 50] })
  expect(() => far.logProb(51)).toThrow(
    new NumericalError(
      'truncated: the probability of skewNormal between low 50 and high Infinity is lost in float32 at [1]',
    ),
  )
  // Nothing is beyond 1, so that nothing is lost there.
  expect(d.censored(d.uniform(0, 1), { high: 1 }).logProb(1).dataSync()[0]).toBe(-Infinity)
  expect(() => d.censored(d.gamma(2, 1), { high: [3, 300] }).logProb(300)).toThrow(
    new NumericalError('censored: the probability of gamma beyond high 300 is lost in float32 at [1]'),
  )
  expect(() => d.censored(d.gamma(30, 1), { low: 1e-6 }).logProb(0)).toThrow(
    new NumericalError(
      'censored: the probability of gamma beyond low 9.999999974752427e-7 is lost in float32',
    ),
  )
})

test('draws and quantiles that a base cannot give with digits are refused', () => {
  expect(() => d.truncated(d.normal(0, 1), { high: -50 }).sample(key(1))).toThrow(
    new NumericalError(
      'truncated: the quantile function of normal between low -Infinity and high -50 is lost in float32',
    ),
  )
  expect(() => d.truncated(d.exponential(1), { low: 200 }).cdf(201)).toThrow(
    new NumericalError(
      'truncated: the cumulative probability of exponential between low 200 and high Infinity is lost in float32',
    ),
  )
  // It has no inverse survival function.
  const rare = d.truncated(d.poisson(3), { low: 20 })
  // scipy 1.17.1: poisson(3).logpmf(20) - poisson(3).logsf(19)
  expect(rare.logProb(20).dataSync()[0]).toBeCloseTo(-0.152926, 4)
  expect(() => rare.icdf(0.5)).toThrow(NumericalError)
  expect(d.truncated(d.poisson(3), { low: 2 }).icdf(0.5).dataSync()[0]).toBe(3)
})
