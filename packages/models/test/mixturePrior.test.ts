import { describe, expect, test } from 'vitest'
import { key, random } from '@variate/core'
import { gaussianMixture, type Covariance, type GaussianMixtureFit, type MixturePrior } from '@variate/models'
import { centralDifference } from '@variate/testing'
import { determinant, inverse, quadratic, sigmasOf, type Matrix } from './planeMatrices.ts'

const FORMS: readonly Covariance[] = ['full', 'tied', 'diagonal', 'spherical']
const noise = random.normal(key(8), [60, 2], { dtype: 'float64' })
const x = Array.from({ length: 60 }, (_, i) => [
  noise.at(i, 0) + 3 * (i % 2),
  0.5 * noise.at(i, 1) + 0.4 * noise.at(i, 0),
])
const prior = {
  shrinkage: 2,
  mean: [1, -1],
  degreesOfFreedom: 7,
  scale: 0.8,
  concentration: 3,
} satisfies MixturePrior
const d = 2

/**
 * log p(x, θ) by its definition: Dirichlet weights, normal means given Σ, and Σ inverse-Wishart(ν, Λ), or
 * variances inverse-gamma(ν/2, Λ/2) where Σ is diagonal. Fraley & Raftery (2007), §3.
 */
function logPosterior(covariance: Covariance, weights: number[], means: Matrix, sigmas: Matrix[]): number {
  const total = weights.reduce((a, b) => a + b, 0)
  const w = weights.map((weight) => weight / total)
  let sum = 0
  for (const row of x) {
    const densities = w.map((weight, k) => {
      const z = row.map((value, a) => value - means[k]![a]!)
      return (
        (weight * Math.exp(-quadratic(inverse(sigmas[k]!), z) / 2)) /
        (2 * Math.PI * Math.sqrt(determinant(sigmas[k]!)))
      )
    })
    sum += Math.log(densities.reduce((a, b) => a + b, 0))
  }
  for (const [k, mean] of means.entries()) {
    const sigma = sigmas[k]!
    sum += (prior.concentration - 1) * Math.log(w[k]!)
    const z = mean.map((value, a) => value - prior.mean[a]!)
    sum += -Math.log(determinant(sigma)) / 2 - (prior.shrinkage / 2) * quadratic(inverse(sigma), z)
    if (covariance === 'tied' && k > 0) continue
    const nu = prior.degreesOfFreedom
    if (covariance === 'full' || covariance === 'tied') {
      const precision = inverse(sigma)
      sum +=
        (-(nu + d + 1) / 2) * Math.log(determinant(sigma)) -
        (prior.scale / 2) * (precision[0]![0]! + precision[1]![1]!)
    } else {
      const variances = covariance === 'diagonal' ? [sigma[0]![0]!, sigma[1]![1]!] : [sigma[0]![0]!]
      for (const variance of variances)
        sum += -(nu / 2 + 1) * Math.log(variance) - prior.scale / (2 * variance)
    }
  }
  return sum
}

describe.each(FORMS)('with a conjugate prior and %s covariance', (covariance) => {
  const fitted = gaussianMixture({ components: 2, covariance, prior }).fit(x, {
    tolerance: 1e-15,
    maxIterations: 5000,
  })
  const weightsOf = (fit: GaussianMixtureFit) => [...fit.weights.data]
  const meansOf = (fit: GaussianMixtureFit) => fit.means.toNested() as Matrix

  test('the objective is log p(x, θ), up to a constant', async () => {
    const fit = await fitted
    const other = await gaussianMixture({ components: 2, covariance, prior }).fit(x, {
      maxIterations: 1,
      tolerance: 0,
    })
    const value = (f: GaussianMixtureFit) => logPosterior(covariance, weightsOf(f), meansOf(f), sigmasOf(f))
    const difference = fit.logLikelihood + fit.logPrior - other.logLikelihood - other.logPrior
    expect(difference).toBeGreaterThan(0)
    expect(Math.abs(difference - (value(fit) - value(other)))).toBeLessThan(1e-9)
  })

  test('EM ends where its gradient vanishes in every parameter', async () => {
    const fit = await fitted
    const [weights, means] = [weightsOf(fit), meansOf(fit)]
    const zero = 1e-4
    for (const k of [0, 1]) {
      const inWeight = (w: number) => logPosterior(covariance, weights.with(k, w), means, sigmasOf(fit))
      expect(Math.abs(centralDifference(inWeight, weights[k]!))).toBeLessThan(zero)
      for (const a of [0, 1]) {
        const inMean = (m: number) =>
          logPosterior(covariance, weights, means.with(k, means[k]!.with(a, m)), sigmasOf(fit))
        expect(Math.abs(centralDifference(inMean, means[k]![a]!))).toBeLessThan(zero)
      }
    }
    // A symmetric matrix is moved at both places of an element at once.
    const elements = {
      full: [[0], [1, 2], [3], [4], [5, 6], [7]],
      tied: [[0], [1, 2], [3]],
      diagonal: [[0], [1], [2], [3]],
      spherical: [[0], [1]],
    }
    for (const element of elements[covariance]) {
      const at = (step: number) => {
        const sigmas = sigmasOf(fit, (index) => (element.includes(index) ? step : 0))
        return logPosterior(covariance, weights, means, sigmas)
      }
      expect(Math.abs(centralDifference(at, 0))).toBeLessThan(zero)
    }
  })
})

test('one component has the posterior mode that the closed form gives', async () => {
  const fit = await gaussianMixture({ components: 1, prior }).fit(x, { tolerance: 0, maxIterations: 2 })
  const n = x.length
  const average = [0, 1].map((a) => x.reduce((sum, row) => sum + row[a]! / n, 0))
  const { shrinkage: kappa, degreesOfFreedom: nu } = prior
  for (const a of [0, 1]) {
    expect(fit.means.at(0, a)).toBeCloseTo((n * average[a]! + kappa * prior.mean[a]!) / (n + kappa), 12)
    for (const b of [0, 1]) {
      const within = x.reduce((sum, row) => sum + (row[a]! - average[a]!) * (row[b]! - average[b]!), 0)
      const drawn =
        ((kappa * n) / (kappa + n)) * (average[a]! - prior.mean[a]!) * (average[b]! - prior.mean[b]!)
      // Fraley & Raftery (2007), table 2.
      const mode = ((a === b ? prior.scale : 0) + drawn + within) / (nu + n + d + 2)
      expect(fit.covariances.at(0, a, b)).toBeCloseTo(mode, 12)
    }
  }
})

describe.each(FORMS)('the default prior, %s covariance', (covariance) => {
  test('is that of Fraley & Raftery (2007), §3.1', async () => {
    const n = x.length
    const mean = [0, 1].map((a) => x.reduce((sum, row) => sum + row[a]! / n, 0))
    const variance = (a: number) => x.reduce((sum, row) => sum + (row[a]! - mean[a]!) ** 2 / n, 0)
    // One component: κ draws nothing, for the mean is the data's own, and the mode is (Λ + scatter) / (ν + n + …).
    const added = { full: d + 2, tied: d + 2, diagonal: 3, spherical: d + 2 }[covariance]
    const fit = await gaussianMixture({ components: 1, covariance, prior: {} }).fit(x, {
      maxIterations: 2,
      tolerance: 0,
    })
    const pooled = (variance(0) + variance(1)) / 2
    const expected =
      covariance === 'spherical'
        ? (pooled + n * d * pooled) / (d + 2 + n * d + added)
        : (variance(0) * (1 + n)) / (d + 2 + n + added)
    expect(fit.covariances.data[0]).toBeCloseTo(expected, 10)
    expect(fit.means.at(0, 1)).toBeCloseTo(mean[1]!, 12)
  })

  test('shares the volume of the data among components: Λ is their covariance over K^(2/d), κ is 0.01', async () => {
    // Two components that own the same points each hold half: the mode is (Λ + κ-term + scatter/2) / (ν + n/2 + …).
    const n = x.length
    const mean = [0, 1].map((a) => x.reduce((sum, row) => sum + row[a]! / n, 0))
    const variance = (a: number) => x.reduce((sum, row) => sum + (row[a]! - mean[a]!) ** 2 / n, 0)
    const away = [mean[0]! + 7, mean[1]!]
    const fit = await gaussianMixture({ components: 2, covariance, prior: { mean: away } }).fit(x, {
      init: { responsibilities: x.map(() => [0.5, 0.5]) },
      maxIterations: 1,
      tolerance: 0,
    })
    const half = n / 2
    const drawn = (0.01 * half * 7 ** 2) / (half + 0.01)
    const pooled = (variance(0) + variance(1)) / 2
    const lambda = (covariance === 'spherical' ? pooled : variance(0)) / 2
    const expected = {
      full: (lambda + drawn + half * variance(0)) / (d + 2 + half + d + 2),
      tied: (lambda + 2 * drawn + n * variance(0)) / (d + 2 + n + d + 1 + 2),
      diagonal: (lambda + drawn + half * variance(0)) / (d + 2 + half + 3),
      spherical: (lambda + drawn + half * d * pooled) / (d + 2 + half * d + d + 2),
    }[covariance]
    expect(fit.covariances.data[0]).toBeCloseTo(expected, 10)
    expect(fit.means.at(0, 0)).toBeCloseTo((half * mean[0]! + 0.01 * away[0]!) / (half + 0.01), 10)
  })
})
