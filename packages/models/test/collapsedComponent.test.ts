import { describe, expect, test } from 'vitest'
import { oldFaithful } from '@variate/data'
import { gaussianMixture, type Covariance } from '@variate/models'

const FORMS: readonly Covariance[] = ['full', 'tied', 'diagonal', 'spherical']

describe('a component that collapses on one point', () => {
  const outlier = [...(oldFaithful().toNested() as number[][]), [3, 300]]
  const init = {
    means: [
      [3.5, 70],
      [3, 299.999],
    ],
    weights: [0.9, 0.1],
    covariances: [
      [
        [1, 0],
        [0, 180],
      ],
      [
        [1e-4, 0],
        [0, 1e-4],
      ],
    ],
  }

  test('ends the fit as diverged, with the component named and the last good parameters kept', async () => {
    const fit = await gaussianMixture({ components: 2 }).fit(outlier, { init })
    expect(fit.termination).toMatchObject({
      kind: 'diverged',
      site: expect.stringMatching(/^component 1 collapsed/),
    })
    expect([...fit.means.data, ...fit.covariances.data].every(Number.isFinite)).toBe(true)
    expect(fit.summary()).toContain('broke down at iteration')
  })

  test.each(FORMS)('does not happen with a prior or a floor, %s covariance', async (covariance) => {
    const means = { means: init.means, weights: init.weights }
    const fit = await gaussianMixture({ components: 2, covariance, prior: {} }).fit(outlier, { init: means })
    expect(fit.termination.kind).toBe('converged')
    const floored = await gaussianMixture({ components: 2, covariance }).fit(outlier, {
      init: means,
      regularization: 0.01,
    })
    expect(floored.termination.kind).toBe('converged')
  })

  test('is not kept where another run is sound', async () => {
    const clumps = Array.from({ length: 60 }, (_, i) => [Math.sin(i) + 6 * (i % 2), Math.cos(3 * i)])
    const twins = [...clumps, [3, 9], [3, 9]]
    const fit = await gaussianMixture({ components: 2 }).fit(twins, { restarts: 10, init: 'random', seed: 1 })
    const ended = fit.restarts.map(({ termination }) => termination.kind)
    expect(ended).toContain('diverged')
    expect(ended).toContain('converged')
    expect(fit.termination.kind).toBe('converged')
  })
})
