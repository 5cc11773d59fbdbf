import { describe, expect, test } from 'vitest'
import { oldFaithful } from '@variate/data'
import { gaussianMixture, type Covariance } from '@variate/models'

const FORMS: readonly Covariance[] = ['full', 'tied', 'diagonal', 'spherical']
const COUNT = 20_000
/** 4 forms × (2 weights + 4 means + 6 second moments): each z-score fails by chance once in 10⁸ runs. */
const LIMIT = 5.7

describe.each(FORMS)('draws from a mixture with %s covariance', (covariance) => {
  const drawn = gaussianMixture({ components: 2, covariance })
    .fit(oldFaithful(), { tolerance: 1e-8 })
    .then((fit) => ({ fit, ...fit.sample(COUNT, { seed: 4 }) }))

  test('have the weights, means and covariances of the mixture', async () => {
    const { fit, x, component } = await drawn
    for (const k of [0, 1]) {
      const members = Array.from(component.data.keys()).filter((i) => component.data[i] === k)
      const weight = fit.weights.at(k)
      const z = (members.length - COUNT * weight) / Math.sqrt(COUNT * weight * (1 - weight))
      expect(Math.abs(z)).toBeLessThan(LIMIT)
      const sigma = (a: number, b: number) => {
        if (covariance === 'full') return fit.covariances.at(k, a, b)
        if (covariance === 'tied') return fit.covariances.at(a, b)
        if (a !== b) return 0
        return covariance === 'diagonal' ? fit.covariances.at(k, a) : fit.covariances.at(k)
      }
      for (const a of [0, 1]) {
        const mean = members.reduce((sum, i) => sum + x.at(i, a), 0) / members.length
        const error = Math.sqrt(sigma(a, a) / members.length)
        expect(Math.abs(mean - fit.means.at(k, a)) / error).toBeLessThan(LIMIT)
        for (let b = 0; b <= a; b++) {
          const products = members.map(
            (i) => (x.at(i, a) - fit.means.at(k, a)) * (x.at(i, b) - fit.means.at(k, b)),
          )
          const moment = products.reduce((sum, value) => sum + value, 0) / members.length
          // Isserlis: var(z_a·z_b) = σ_aa·σ_bb + σ_ab².
          const spread = Math.sqrt((sigma(a, a) * sigma(b, b) + sigma(a, b) ** 2) / members.length)
          expect(Math.abs(moment - sigma(a, b)) / spread).toBeLessThan(LIMIT)
        }
      }
    }
  })

  test('are the same for the same seed and others for another', async () => {
    const { fit, x } = await drawn
    expect(fit.sample(COUNT, { seed: 4 }).x.data).toEqual(x.data)
    expect(fit.sample(5, { seed: 5 }).x.data).not.toEqual(fit.sample(5, { seed: 4 }).x.data)
  })

  test('have the density that logProb gives: mean log density equals minus the entropy by quadrature', async () => {
    const { fit, x } = await drawn
    let entropy = 0
    const [h, k] = covariance === 'spherical' ? [0.25, 0.25] : [0.02, 0.5]
    const [low, high] = covariance === 'spherical' ? [-45, 52] : [-2, 9]
    const grid: number[][] = []
    for (let a = low; a < high; a += h) for (let b = 10; b < 130; b += k) grid.push([a, b])
    for (const value of fit.logProb(grid).data) entropy -= Math.exp(value) * value * h * k
    const scores = fit.logProb(x).data
    const mean = scores.reduce((sum, value) => sum + value, 0) / COUNT
    const variance = scores.reduce((sum, value) => sum + (value - mean) ** 2, 0) / COUNT
    expect(Math.abs(mean + entropy)).toBeLessThan(LIMIT * Math.sqrt(variance / COUNT) + 1e-3)
  })
})
