import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { gaussianMixture, type Covariance } from '@variate/models'
import { largestDifference } from '@variate/testing'

interface OracleCase {
  form: Covariance
  iterations: number
  x: number[][]
  init: { weights: number[]; means: number[][]; precisions: number[] }
  weights: number[]
  means: number[][]
  covariances: number[][][]
  logLikelihood: number
  logProb: number[]
  responsibilities: number[][]
  labels: number[]
  bic: number
  aic: number
}

// scikit-learn's EM from the same start, densities by scipy: oracles/generate-mixtures.py
const { cases } = JSON.parse(readFileSync(new URL('oracles/mixtures.json', import.meta.url), 'utf8')) as {
  cases: OracleCase[]
}

const byFirstMean = (means: number[][]) =>
  Array.from(means.keys()).sort((i, j) => means[i]![0]! - means[j]![0]!)
const inOrder = <Row>(rows: readonly Row[], order: readonly number[]) => order.map((k) => rows[k]!)

describe.each(
  cases.map((oracle) => ({
    ...oracle,
    n: oracle.x.length,
    d: oracle.x[0]!.length,
    K: oracle.weights.length,
  })),
)('$form covariance, $n points, $d columns, $K components, $iterations iterations', (oracle) => {
  const { form, iterations, x, init, K } = oracle
  const order = byFirstMean(oracle.means)
  const fitted = gaussianMixture({ components: K, covariance: form }).fit(x, {
    init,
    maxIterations: iterations,
    tolerance: 0,
  })

  test('EM arrives where scikit-learn does from the same start', async () => {
    const fit = await fitted
    expect(largestDifference(fit.weights.data, inOrder(oracle.weights, order))).toBeLessThan(1e-10)
    expect(largestDifference(fit.means.data, inOrder(oracle.means, order).flat())).toBeLessThan(1e-10)
    const covariances = form === 'tied' ? oracle.covariances : inOrder(oracle.covariances, order)
    expect(largestDifference(fit.covariances.data, covariances.flat(2))).toBeLessThan(1e-10)
  })

  test('its log-likelihood and criteria are those of scipy and scikit-learn', async () => {
    const fit = await fitted
    expect(Math.abs(fit.logLikelihood / oracle.logLikelihood - 1)).toBeLessThan(1e-12)
    expect(Math.abs(fit.bic / oracle.bic - 1)).toBeLessThan(1e-12)
    expect(Math.abs(fit.aic / oracle.aic - 1)).toBeLessThan(1e-12)
  })

  test('its densities, responsibilities and labels are those of scipy and scikit-learn', async () => {
    const fit = await fitted
    const some = x.slice(0, 10)
    expect(largestDifference(fit.logProb(some).data, oracle.logProb)).toBeLessThan(1e-12)
    const responsibilities = oracle.responsibilities.map((row) => inOrder(row, order))
    expect(largestDifference(fit.responsibilities(some).data, responsibilities.flat())).toBeLessThan(1e-10)
    expect([...fit.predict(some).data]).toEqual(oracle.labels.map((label) => order.indexOf(label)))
    expect(fit.score(x)).toBeCloseTo(oracle.logLikelihood / x.length, 12)
  })
})
