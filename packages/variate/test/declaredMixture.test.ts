import { expect, test } from 'vitest'
import { NdArray } from '@variate/core'
import { gather } from '@variate/core/ops'
import { oldFaithful } from '@variate/data'
import { categorical, multivariateNormal } from '@variate/distributions'
import { em } from '@variate/inference'
import { lowerCholesky, model, real, simplex } from '@variate/language'
import { gaussianMixture } from '@variate/models'

// `gaussianMixture` is what `em` does for the declaration, with kernels of its own.
test('the ready-made mixture and the declared one agree at each iteration, from the same start', async () => {
  const x = oldFaithful()
  const start = {
    weights: [0.5, 0.5],
    means: [
      [2, 55],
      [4, 75],
    ],
    factors: [
      [
        [0.6, 0],
        [1, 8],
      ],
      [
        [0.5, 0],
        [2, 6],
      ],
    ],
  }
  const declared = model('gaussian mixture')
    .param('weights', simplex(2), { init: start.weights })
    .plate('component', 2, (k) =>
      k
        .param('mean', real([2]), { init: start.means })
        .param('factor', lowerCholesky(2), { init: start.factors }),
    )
    .plate('point', 'n', (i) =>
      i
        .latent('c', ({ weights }) => categorical({ probs: weights }))
        .observed('x', ({ mean, factor, c }) =>
          multivariateNormal(gather(mean, c), { scaleTril: gather(factor, c) }),
        ),
    )
  const iterations = 8
  const options = { tolerance: 0, maxIterations: iterations }
  const covariances = start.factors.map((l) =>
    l.map((a) => l.map((b) => a.reduce((sum, entry, i) => sum + entry * b[i]!, 0))),
  )
  const init = { weights: start.weights, means: start.means, covariances }
  const ready = await gaussianMixture({ components: 2 }).fit(x, { ...options, init })
  const fit = await em(declared).fit({ x: new NdArray(Float64Array.from(x.data), x.shape) }, options)
  expect(fit.history.length).toBe(iterations)
  for (const [i, { logLikelihood }] of fit.history.entries())
    expect(Math.abs(logLikelihood - ready.history[i]!.logLikelihood)).toBeLessThan(1e-8)
  // Components of the ready-made mixture are in an order of their own.
  const order = ready.means.at(0, 0) < 3 ? [0, 1] : [1, 0]
  for (const [k, other] of order.entries()) {
    expect(fit.params.weights.data[k]).toBeCloseTo(ready.weights.data[other]!, 8)
    for (const j of [0, 1]) expect(fit.params.mean.at(k, j)).toBeCloseTo(ready.means.at(other, j), 7)
  }
  expect(fit.maximization.factor).toContain('weighted maximum likelihood of the multivariateNormal')
})
