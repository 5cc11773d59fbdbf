import '@tensorflow/tfjs-backend-cpu'
import { memory } from '@tensorflow/tfjs-core'
import { breastCancer } from '@variate/data'
import { logisticRegression } from '@variate/models/regressions'
import { describe, expect, test } from 'vitest'
import oracles from './oracles/regressions.json' with { type: 'json' } // generate-regressions.py

const oracle = oracles.breastCancer

describe('breast cancer, standardized, N(0, 1) priors', async () => {
  const { measurements, diagnosis } = await breastCancer()
  const y = Array.from(diagnosis.data)
  const regression = logisticRegression({ standardize: true })
  const before = memory().numTensors
  const fit = await regression.fit(measurements, diagnosis, { seed: 0 })
  const after = memory().numTensors
  const means = [...fit.coefficients.mean.data, fit.intercept.mean]
  const deviations = [...fit.coefficients.sd.data, fit.intercept.sd]

  test("the means of all 31 weights are within 0.1 standard deviations of NumPyro's NUTS", () => {
    expect(oracle.largestRHat).toBeLessThan(1.01)
    for (const [at, mean] of means.entries())
      expect(Math.abs(mean - oracle.mean[at]!) / oracle.sd[at]!).toBeLessThan(0.1)
    expect(after).toBe(before)
  })

  test('so are the standard deviations, to a tenth', () => {
    for (const [at, sd] of deviations.entries()) expect(Math.abs(sd / oracle.sd[at]! - 1)).toBeLessThan(0.1)
  })

  test("probabilities are those of NUTS, and near those of scikit-learn's penalised fit", () => {
    const { mean, lower, upper } = fit.predict(measurements)
    const agree = oracle.penalisedProbabilities.filter((p, at) => p > 0.5 === mean.at(at) > 0.5)
    expect(agree.length / 569).toBeGreaterThan(0.98)
    for (const [at, probability] of oracle.probabilities.entries()) {
      expect(Math.abs(mean.at(at) - probability)).toBeLessThan(0.02)
      expect(lower.at(at)).toBeLessThanOrEqual(upper.at(at))
    }
  })

  test("the declaration's density is highest at scikit-learn's penalised fit", async () => {
    const { shape } = measurements
    const x = Array.from({ length: 569 }, (_, row) =>
      Array.from({ length: 30 }, (_, column) => {
        const values = measurements.column(measurements.columns[column]!)
        const mean = values.reduce((sum, value) => sum + value, 0) / 569
        const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 569)
        return (values[row]! - mean) / sd
      }),
    )
    const declaration = await regression.declaration()
    const at = (weights: number[]) =>
      declaration.logJoint({ x, y, coefficients: weights.slice(0, 30), intercept: weights[30]! } as never)
    const best = await at(oracle.penalised)
    expect(shape).toEqual([569, 30])
    for (const moved of [0, 7, 30]) {
      for (const by of [-0.01, 0.01])
        expect(await at(oracle.penalised.map((w, i) => (i === moved ? w + by : w)))).toBeLessThan(best)
    }
  })

  test('the table calls the columns by name', () => {
    const table = String(fit.summary())
    expect(fit.summary().rows.length).toBe(31)
    expect(table).toContain('worstTexture')
    expect(table.split('\n')[2]).toMatch(/^intercept/)
  })

  test('how it ended is told', () => {
    expect(fit.termination).toEqual({ kind: 'limit' })
    expect(fit.history.length).toBe(2000)
    expect(fit.diagnostics.kHat).toBeLessThan(0.7)
    expect(fit.warnings).toEqual([])
  })

  test('new rows need the same columns', () => {
    expect(() => fit.predict([[1, 2]])).toThrow(
      'logisticRegression.predict: the model was fitted to 30 columns, x has shape [1,2]',
    )
  })
})

const hours = [[0], [1], [2], [3], [4], [5]]

test('classes that can be told apart perfectly have a posterior all the same', async () => {
  const y = [0, 0, 0, 1, 1, 1]
  const fit = await logisticRegression({ prior: { scale: 2 } }).fit(hours, y)
  // By sums over a grid of both weights.
  let [total, first, second] = [0, 0, 0]
  for (let a = -12; a <= 12; a += 0.05) {
    for (let w = -8; w <= 12; w += 0.05) {
      const log = y.reduce(
        (sum, of, at) => sum - Math.log1p(Math.exp((of ? -1 : 1) * (a + w * hours[at]![0]!))),
        0,
      )
      const density = Math.exp(log - (a * a + w * w) / 8)
      total += density
      first += density * w
      second += density * w * w
    }
  }
  const mean = first / total
  const sd = Math.sqrt(second / total - mean ** 2)
  expect(Math.abs(fit.coefficients.mean.at(0) - mean) / sd).toBeLessThan(0.1)
  // Its tail is longer on one side than that of any normal, and the fit says so.
  expect(fit.diagnostics.kHat).toBeGreaterThan(0.7)
  expect(fit.warnings.join()).toMatch(/Pareto shape/)
})

test('probabilities of both outcomes sum to 1, and are the mean of the draws', async () => {
  const fit = await logisticRegression().fit(hours, [0, 0, 1, 0, 1, 1])
  const [no, yes] = [0, 1].map((y) => Math.exp(fit.logProb([[2.5]], [y]).at(0)))
  expect(no! + yes!).toBeCloseTo(1, 12)
  expect(fit.predict([[2.5]]).mean.at(0)).toBeCloseTo(yes!, 12)
})

test('the same seed gives the same fit', async () => {
  const [one, two, other] = await Promise.all(
    [3, 3, 4].map((seed) => logisticRegression().fit(hours, [0, 0, 1, 0, 1, 1], { seed, steps: 200 })),
  )
  expect(two!.coefficients.mean.data).toEqual(one!.coefficients.mean.data)
  expect(other!.coefficients.mean.data).not.toEqual(one!.coefficients.mean.data)
})

test('progress is told, and an abort ends the fit', async () => {
  const stop = new AbortController()
  const seen: number[] = []
  const fit = await logisticRegression().fit(hours, [0, 0, 1, 0, 1, 1], {
    steps: 200_000,
    signal: stop.signal,
    onProgress: ({ step, steps }) => {
      seen.push(step / steps)
      stop.abort()
    },
  })
  expect(fit.termination.kind).toBe('aborted')
  expect(seen.length).toBeGreaterThan(0)
})

test('independent normals are narrower where weights depend on each other', async () => {
  const x = hours.map(([h]) => [h! - 2.5, h! - 2.4])
  const y = [0, 0, 1, 0, 1, 1]
  const full = await logisticRegression().fit(x, y)
  const mean = await logisticRegression({ family: 'meanField' }).fit(x, y)
  expect(mean.coefficients.sd.at(0)).toBeLessThan(full.coefficients.sd.at(0))
  expect(mean.elbo).toBeLessThan(full.elbo)
})
