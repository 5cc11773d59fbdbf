import '@tensorflow/tfjs-backend-cpu'
import { NdArray, special } from '@variate/core'
import { enumeration } from '@variate/inference'
import { linearRegression } from '@variate/models/regressions'
import { describe, expect, test } from 'vitest'
import oracles from './oracles/regressions.json' with { type: 'json' } // generate-regressions.py

const { x, y, new: rows, known, unknown } = oracles.linear

/** All within a share of the standard deviations. */
function expectNear(values: ArrayLike<number>, mean: number[], sd: number[], share: number): void {
  for (const [at, expected] of mean.entries())
    expect(Math.abs(values[at]! - expected) / sd[at]!).toBeLessThan(share)
}

describe('known noise', async () => {
  const regression = linearRegression({ prior: { scale: 2 }, noise: 0.8 })
  const fit = await regression.fit(x, y)

  test('the posterior is the conjugate one', () => {
    const means = [...fit.coefficients.mean.data, fit.intercept.mean]
    const deviations = [...fit.coefficients.sd.data, fit.intercept.sd]
    for (const at of means.keys()) {
      expect(means[at]).toBeCloseTo(known.mean[at]!, 10)
      expect(deviations[at]).toBeCloseTo(known.sd[at]!, 10)
    }
    expect(fit.elbo).toBeCloseTo(known.logEvidence, 9)
    expect([fit.noise.mean, fit.noise.sd]).toEqual([0.8, 0])
    const { upper } = fit.coefficients.interval(0.95)
    expect(upper.at(1)).toBeCloseTo(known.mean[1]! + 1.959964 * known.sd[1]!, 6)
  })

  test('so are predictions of means and of observations', () => {
    const predicted = fit.predict(rows, { level: 0.9 })
    for (const at of rows.keys()) {
      expect(predicted.mean.at(at)).toBeCloseTo(known.predicted[at]!, 10)
      expect(predicted.sd.at(at)).toBeCloseTo(known.predictedSd[at]!, 10)
      expect(predicted.observation.sd.at(at)).toBeCloseTo(known.observationSd[at]!, 10)
      const away = special.ndtri(0.95) * known.observationSd[at]!
      expect(predicted.observation.lower.at(at)).toBeCloseTo(known.predicted[at]! - away, 8)
    }
    const at = known.observationSd[0]!
    const density = fit.logProb([rows[0]!], [known.predicted[0]! + at]).at(0)
    expect(density).toBeCloseTo(-0.5 - Math.log(at) - 0.5 * Math.log(2 * Math.PI), 9)
  })

  test('draws have its moments', async () => {
    const { coefficients, intercept } = await fit.posterior.sample(20_000, { seed: 1 })
    expect(coefficients.shape).toEqual([20_000, 3])
    const means = [0, 1, 2].map((a) => coefficients.data.filter((_, i) => i % 3 === a))
    for (const [at, values] of [...means, intercept.data].entries()) {
      const mean = values.reduce((sum, value) => sum + value, 0) / 20_000
      expect(Math.abs(mean - known.mean[at]!)).toBeLessThan((4 * known.sd[at]!) / Math.sqrt(20_000))
    }
  })

  test('the declaration at that noise has the same evidence by exact integration', async () => {
    const declared = (await regression.declaration()).intervene({ noise: 0.8 })
    const exact = await enumeration(declared).fit({
      x: new NdArray(Float64Array.from(x.flat()), [40, 3]),
      y,
    } as never)
    expect(exact.logEvidence).toBeCloseTo(known.logEvidence, 8)
  })
})

describe('unknown noise', async () => {
  const fit = await linearRegression({ prior: { scale: 2, noise: 1 } }).fit(x, y)

  test('weights, noise and evidence are those of quadrature', () => {
    expectNear([...fit.coefficients.mean.data, fit.intercept.mean], unknown.mean, unknown.sd, 0.05)
    expectNear([fit.noise.mean], [unknown.noise.mean], [unknown.noise.sd], 0.1)
    for (const [at, sd] of [...fit.coefficients.sd.data, fit.intercept.sd].entries())
      expect(sd / unknown.sd[at]!).toBeCloseTo(1, 1)
    expect(fit.elbo).toBeLessThan(unknown.logEvidence + 0.01)
    expect(unknown.logEvidence - fit.elbo).toBeLessThan(0.1)
    expect(fit.diagnostics.kHat).toBeLessThan(0.7)
  })

  test('so are predictions', () => {
    const predicted = fit.predict(rows)
    expectNear(predicted.mean.data, unknown.predicted, unknown.predictedSd, 0.05)
    for (const at of rows.keys()) {
      expect(predicted.sd.at(at) / unknown.predictedSd[at]!).toBeCloseTo(1, 1)
      expect(predicted.observation.sd.at(at) / unknown.observationSd[at]!).toBeCloseTo(1, 1)
      const width = predicted.observation.upper.at(at) - predicted.observation.lower.at(at)
      expect(width / (2 * special.ndtri(0.95) * unknown.observationSd[at]!)).toBeCloseTo(1, 1)
    }
  })

  test('the units of y and of a column do not matter', async () => {
    const scaled = x.map(([a, b, c]) => [a! * 1e-4, b!, c!])
    const other = await linearRegression({ prior: { scale: 2e10, intercept: 2e3, noise: 1e3 } }).fit(
      scaled,
      y.map((value) => value * 1e3),
    )
    expect(other.coefficients.mean.at(0) / 1e7 / unknown.mean[0]!).toBeCloseTo(1, 1)
  })
})

test('without an intercept, and with independent normals', async () => {
  const fit = await linearRegression({ prior: { scale: 2 }, intercept: false, family: 'meanField' }).fit(x, y)
  expect([fit.intercept.mean, fit.intercept.sd]).toEqual([0, 0])
  const exact = await linearRegression({ prior: { scale: 2 }, intercept: false, noise: fit.noise.mean }).fit(
    x,
    y,
  )
  expectNear(
    fit.coefficients.mean.data,
    [...exact.coefficients.mean.data],
    [...exact.coefficients.sd.data],
    0.1,
  )
})

test('a perfect fit is fitted', async () => {
  const fit = await linearRegression({ prior: { scale: 10 } }).fit([[0], [1], [2], [3]], [1, 3, 5, 7])
  expect(fit.coefficients.mean.at(0)).toBeCloseTo(2, 1)
  expect(fit.noise.mean).toBeLessThan(1)
})
