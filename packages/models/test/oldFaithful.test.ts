import { describe, expect, test } from 'vitest'
import { oldFaithful } from '@variate/data'
import { gaussianMixture, selectMixture } from '@variate/models'

/** R's `faithful` by mclust 6 (Mclust(faithful)): the figures of its vignette and of scikit-learn agree. */
describe('Old Faithful', () => {
  test.each([
    ['full', 2, -1130.264],
    ['tied', 2, -1140.187],
    ['diagonal', 2, -1147.806],
    ['spherical', 2, -1709.529],
    ['tied', 3, -1126.316],
  ] as const)(
    '%s covariance with %i components has log-likelihood %f',
    async (covariance, components, expected) => {
      const fit = await gaussianMixture({ components, covariance }).fit(oldFaithful(), {
        restarts: 50,
        tolerance: 1e-10,
      })
      expect(Math.abs(fit.logLikelihood - expected)).toBeLessThan(0.001)
      expect(fit.termination).toEqual({ kind: 'converged' })
    },
  )

  test('two components with full covariance have the weights, means and BIC that mclust gives', async () => {
    const fit = await gaussianMixture({ components: 2 }).fit(oldFaithful(), {
      restarts: 50,
      tolerance: 1e-10,
    })
    expect(fit.bic.toFixed(2)).toBe('2322.19')
    const expected = [0.35587, 0.64413, 2.03639, 54.47852, 4.28966, 79.96812]
    const found = [...fit.weights.data, ...fit.means.data]
    found.forEach((value, index) => expect(Math.abs(value - expected[index]!)).toBeLessThan(1e-4))
  })

  test(
    'the BIC chooses three components of tied covariance from one to nine of every form',
    { timeout: 120_000 },
    async () => {
      const selection = await selectMixture(oldFaithful(), { restarts: 20, tolerance: 1e-10 })
      expect(selection.candidates).toHaveLength(36)
      expect([selection.best.components, selection.best.covariance]).toEqual([3, 'tied'])
      expect(selection.best.bic.toFixed(2)).toBe('2314.30')
      expect(selection.candidates.reduce((sum, { rejected }) => sum + rejected, 0)).toBeGreaterThan(0)
      for (const { rejected, reason } of selection.candidates)
        expect(reason === undefined).toBe(rejected === 0)
      expect(selection.summary()).toMatch(/3 tied .* -1126\.316 .* 2314\.30 .*← chosen/)
    },
  )
})
