import '@tensorflow/tfjs-backend-cpu'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { add, affine, gather, matVec } from '@variate/core/ops'
import { categorical, normal } from '@variate/distributions'
import { model, positive, real, simplex } from '@variate/language'
import { em } from '../../src/em/em.ts'

const oracles = JSON.parse(readFileSync(new URL('oracles/em.json', import.meta.url), 'utf8'))

test.each([1, 2])(
  'factor analysis of wines with %i factors: scikit-learn',
  { timeout: 90_000 },
  async (q) => {
    const analysis = model('factor analysis')
      .param('loadings', real([7, q]))
      .param('mean', real([7]))
      .param('noise', positive([7]))
      .plate('wine', 'n', (i) =>
        i
          .latent('z', normal(Array<number>(q).fill(0), 1))
          .observed('x', ({ loadings, mean, noise, z }) => normal(affine(loadings, z, mean), noise)),
      )
    const { logLikelihood, noise } = oracles.factorAnalysis[q]
    const fit = await em(analysis).fit(
      { x: oracles.wine },
      { seed: 0, tolerance: 1e-10, maxIterations: 3000 },
    )
    expect(fit.termination.kind).toBe('converged')
    expect(fit.logLikelihood).toBeCloseTo(logLikelihood, 4)
    for (const [i, variance] of noise.entries())
      expect(fit.params.noise.data[i]! ** 2).toBeCloseTo(variance, 3)
    expect(fit.maximization.loadings).toBe('weighted least squares')
  },
)

test.each([1, 2])('probabilistic PCA of irises with %i components: its closed form', async (q) => {
  const ppca = model('probabilistic PCA')
    .param('directions', real([4, q]))
    .param('mean', real([4]))
    .param('sigma', positive())
    .plate('flower', 'n', (i) =>
      i
        .latent('z', normal(Array<number>(q).fill(0), 1))
        .observed('x', ({ directions, mean, sigma, z }) => normal(add(matVec(directions, z), mean), sigma)),
    )
  const { sigma, logLikelihood } = oracles.ppca[q]
  const fit = await em(ppca).fit({ x: oracles.iris }, { seed: 0, tolerance: 1e-11, maxIterations: 3000 })
  expect(fit.logLikelihood).toBeCloseTo(logLikelihood, 5)
  expect(fit.params.sigma.data[0]).toBeCloseTo(sigma, 5)
})

test('a hidden Markov chain: hmmlearn, step by step', async () => {
  const { x, start, history, transition, emission } = oracles.hiddenMarkov
  const chain = model('hidden Markov chain')
    .param('initial', simplex(2), { init: start.initial })
    .plate('state', 2, (k) =>
      k
        .param('transition', simplex(2), { init: start.transition })
        .param('emission', simplex(3), { init: start.emission }),
    )
    .markov('time', 'T', (t) =>
      t
        .latent(
          'z',
          ({ initial }) => categorical({ probs: initial }),
          ({ transition: rows }, { z }) => categorical({ probs: gather(rows, z) }),
        )
        .observed('x', ({ emission: rows, z }) => categorical({ probs: gather(rows, z) })),
    )
  const fit = await em(chain).fit({ x }, { tolerance: 0, maxIterations: history.length })
  // hmmlearn's score after n iterations is that of the parameters which the n-th has made.
  for (const [i, { logLikelihood }] of fit.history.entries()) expect(logLikelihood).toBeCloseTo(history[i], 8)
  for (const k of [0, 1]) {
    for (const j of [0, 1]) expect(fit.params.transition.at(k, j)).toBeCloseTo(transition[k][j], 7)
    for (const j of [0, 1, 2]) expect(fit.params.emission.at(k, j)).toBeCloseTo(emission[k][j], 7)
  }
})
