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

test('ends with no probability between them are refused', () => {
  const far = d.truncated(d.skewNormal(0, 1, 2), { low: [0, 50] })
  expect(() => far.sample(key(1))).toThrow(
    new NumericalError(
      'truncated: low 50 and high Infinity have no probability between them in float32 at [1]',
    ),
  )
  expect(() => d.truncated(d.normal(0, 1), { high: -50 }).logProb(-51)).toThrow(NumericalError)
})
