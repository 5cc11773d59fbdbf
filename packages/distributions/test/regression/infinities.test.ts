import '@tensorflow/tfjs-backend-cpu'
import { grads, scalar } from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { skewNormal, studentT, truncated } from '../../src/index.ts'
import { everyUnivariate, valueOf } from './everyUnivariate.ts'

describe('a cumulative probability', () => {
  test.each(everyUnivariate.filter(([, { cdf }]) => cdf))('of %s is 0 at −∞ and 1 at ∞', (_, { cdf }) => {
    expect(valueOf(cdf!, -Infinity)).toBe(0)
    expect(valueOf(cdf!, Infinity)).toBe(1)
    expect(valueOf(cdf!, NaN)).toBeNaN()
  })
})

describe('a log density', () => {
  // Beyond the end of a censored distribution a value has the probability of the tail.
  const others = everyUnivariate.filter(([name]) => name !== 'censored')
  test.each(others)('of %s is −∞ at ±∞ without a gradient, and NaN for NaN', (_, { logProb }) => {
    expect(valueOf(logProb, NaN)).toBeNaN()
    for (const x of [-Infinity, Infinity]) {
      expect(valueOf(logProb, x)).toBe(-Infinity)
      expect(grads((at) => logProb(at!))([scalar(x)])[0]!.dataSync()[0]).toBeCloseTo(0, 30)
    }
  })
})

describe('a quantile', () => {
  test.each(everyUnivariate.filter(([, { icdf }]) => icdf))('of %s is NaN outside [0, 1]', (_, { icdf }) => {
    for (const p of [-0.1, 1.1, -Infinity, Infinity, NaN]) expect(valueOf(icdf!, p), `${p}`).toBeNaN()
    expect(valueOf(icdf!, 0)).not.toBeNaN()
    expect(valueOf(icdf!, 1)).not.toBeNaN()
  })
})

test('a distribution with heavy or skew tails can be truncated on one side', () => {
  // 2·scipy.stats.t.pdf(1, 3) = 0.413496671; skewnorm.pdf(0, 2)/skewnorm.cdf(1, 2) = 0.5829009355
  const heavy = truncated(studentT(3, 0, 1), { low: 0 })
  expect(Math.exp(valueOf(heavy.logProb, 1))).toBeCloseTo(0.413496671, 6)
  expect(valueOf(heavy.cdf, Infinity)).toBe(1)
  const skew = truncated(skewNormal(0, 1, 2), { high: 1 })
  expect(Math.exp(valueOf(skew.logProb, 0))).toBeCloseTo(0.5829009355, 6)
})
