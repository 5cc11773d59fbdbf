import '@tensorflow/tfjs-backend-cpu'
import { poissonRegression } from '@variate/models/regressions'
import { expect, test } from 'vitest'
import oracles from './oracles/regressions.json' with { type: 'json' } // generate-regressions.py

const { x, y, exposure, mean, sd, rates, lower, upper, largestRHat } = oracles.counts

test("the posterior is that of NumPyro's NUTS", async () => {
  const fit = await poissonRegression().fit(x, y, { exposure })
  expect(largestRHat).toBeLessThan(1.01)
  const means = [...fit.coefficients.mean.data, fit.intercept.mean]
  const deviations = [...fit.coefficients.sd.data, fit.intercept.sd]
  for (const [at, expected] of mean.entries()) {
    expect(Math.abs(means[at]! - expected) / sd[at]!).toBeLessThan(0.1)
    expect(deviations[at]! / sd[at]!).toBeCloseTo(1, 1)
  }
  const predicted = fit.predict(x, { level: 0.9 })
  const twice = fit.predict(x, { exposure: x.map(() => 2) })
  for (const [at, rate] of rates.entries()) {
    expect(predicted.mean.at(at) / rate).toBeCloseTo(1, 1)
    expect(Math.abs(predicted.lower.at(at) - lower[at]!) / (upper[at]! - lower[at]!)).toBeLessThan(0.1)
    expect(Math.abs(predicted.upper.at(at) - upper[at]!) / (upper[at]! - lower[at]!)).toBeLessThan(0.1)
    expect(twice.mean.at(at) / predicted.mean.at(at)).toBeCloseTo(2, 10)
  }
})

test('probabilities of all counts sum to 1', async () => {
  const fit = await poissonRegression().fit(x, y, { exposure, steps: 500 })
  const counts = Array.from({ length: 60 }, (_, count) => count)
  const logs = fit.logProb(
    counts.map(() => [0.5, 0.5]),
    counts,
    { exposure: counts.map(() => 2) },
  )
  expect(logs.data.reduce((sum, log) => sum + Math.exp(log), 0)).toBeCloseTo(1, 6)
})

test('mini-batches give the same posterior', async () => {
  const many = Array.from({ length: 8 }, () => x).flat()
  const counts = Array.from({ length: 8 }, () => y).flat()
  const exposures = Array.from({ length: 8 }, () => exposure).flat()
  const whole = await poissonRegression().fit(many, counts, { exposure: exposures })
  const part = await poissonRegression().fit(many, counts, { exposure: exposures, batch: 100 })
  for (const at of [0, 1]) {
    const away = part.coefficients.mean.at(at) - whole.coefficients.mean.at(at)
    expect(Math.abs(away) / whole.coefficients.sd.at(at)).toBeLessThan(0.3)
  }
})
