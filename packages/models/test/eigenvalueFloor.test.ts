import { describe, expect, test } from 'vitest'
import { key, linalg, random } from '@variate/core'
import { gaussianMixture, type Covariance } from '@variate/models'
import { determinant, inverse, quadratic, sigmasOf, type Matrix } from './planeMatrices.ts'

const FORMS: readonly Covariance[] = ['full', 'tied', 'diagonal', 'spherical']
const noise = random.normal(key(8), [60, 2], { dtype: 'float64' })
const x = Array.from({ length: 60 }, (_, i) => [
  noise.at(i, 0) + 3 * (i % 2),
  0.5 * noise.at(i, 1) + 0.4 * noise.at(i, 0),
])

describe.each(FORMS)('a floor on the eigenvalues, %s covariance', (covariance) => {
  const floor = 0.7
  const fitted = gaussianMixture({ components: 2, covariance }).fit(x, {
    regularization: floor,
    tolerance: 1e-15,
    maxIterations: 5000,
  })

  test('is kept to', async () => {
    const fit = await fitted
    const least = Math.min(...sigmasOf(fit).map((sigma) => linalg.eigh(sigma).values.at(0)))
    expect(least).toBeGreaterThan(floor - 1e-12)
    expect(least).toBeLessThan(floor + 0.1)
  })

  test('leaves the best likelihood of all covariances that keep to it', async () => {
    const fit = await fitted
    const logLikelihood = (sigmas: Matrix[]) =>
      x.reduce((sum, row) => {
        const density = sigmas.reduce((total, sigma, k) => {
          const z = row.map((value, a) => value - fit.means.at(k, a))
          return (
            total +
            (fit.weights.at(k) * Math.exp(-quadratic(inverse(sigma), z) / 2)) /
              (2 * Math.PI * Math.sqrt(determinant(sigma)))
          )
        }, 0)
        return sum + Math.log(density)
      }, 0)
    const best = logLikelihood(sigmasOf(fit))
    expect(best).toBeCloseTo(fit.logLikelihood, 8)
    // Every small step that keeps to the floor and to the form lowers the likelihood.
    const steps = random.normal(key(1), [200, 2, 3], { dtype: 'float64' })
    const tried = Array.from({ length: 200 }, (_, s) => {
      return sigmasOf(fit).map((sigma, k) => {
        const j = covariance === 'tied' ? 0 : k
        const [u, v, w] = [0, 1, 2].map((c) => 1e-3 * steps.at(s, j, c))
        if (covariance === 'spherical')
          return [
            [sigma[0]![0]! + u!, 0],
            [0, sigma[0]![0]! + u!],
          ]
        if (covariance === 'diagonal')
          return [
            [sigma[0]![0]! + u!, 0],
            [0, sigma[1]![1]! + v!],
          ]
        return [
          [sigma[0]![0]! + u!, sigma[0]![1]! + w!],
          [sigma[0]![1]! + w!, sigma[1]![1]! + v!],
        ]
      })
    })
    const kept = tried.filter((moved) => moved.every((sigma) => linalg.eigh(sigma).values.at(0) >= floor))
    expect(kept.length).toBeGreaterThan(5)
    for (const moved of kept) expect(logLikelihood(moved)).toBeLessThanOrEqual(best + 1e-9)
  })
})
