import '@tensorflow/tfjs-backend-cpu'
import { normal } from '@variate/distributions'
import {
  importanceWeighted,
  leaveOneOut,
  reparameterization,
  scoreFunction,
  stickingTheLanding,
} from '@variate/estimators'
import { adam, amortized, type AmortizedOptions } from '@variate/inference'
import { mlp, model } from '@variate/language'
import { expect, test } from 'vitest'

const linear = model('linear').plate('item', 'n', (item) =>
  item.latent('z', normal(0, 1)).observed('x', ({ z }) => normal(z, 0.5)),
)
const x = [0.3, -1.2, 0.8, 2.1, -0.4]
const encoder = { z: { from: 'x', network: mlp([1, 4], { output: 'tanh' }) } } as const
const EPOCHS = 1000
type Options = Pick<AmortizedOptions<{}, never, never, {}>, 'kl' | 'beta' | 'freeBits' | 'warmUp'>

const CASES: Readonly<Record<string, Options & { readonly estimator: never }>> = {
  'in closed form': { estimator: reparameterization() },
  'by draws': { estimator: stickingTheLanding({ particles: 2 }), kl: 'sampled' },
  weighted: { estimator: reparameterization(), beta: 3, warmUp: 200, freeBits: 0.01 },
  'by scores': { estimator: scoreFunction({ particles: 2, baseline: leaveOneOut() }), kl: 'sampled' },
  // One particle has a weight of 1.
  'of weights': { estimator: importanceWeighted({ particles: 1 }) },
} as never

test.each(Object.entries(CASES))(
  'what epochs tell is the bound, whatever is climbed: %s',
  async (_, options) => {
    // So small a rate that q stays what it is.
    const algorithm = amortized(linear, {
      encoder,
      batch: { item: 2 },
      epochs: EPOCHS,
      optimizer: adam({ rate: 1e-12 }),
      ...options,
    })
    const { evaluate, history } = await algorithm.fit({ x }, { seed: 0 })
    const exact = await evaluate(x, { seed: 1, draws: 4000 })
    for (const name of ['elbo', 'reconstruction', 'kl'] as const) {
      const all = history.map((epoch) => epoch[name])
      const mean = all.reduce((a, b) => a + b, 0) / EPOCHS
      const error = Math.sqrt(all.reduce((sum, own) => sum + (own - mean) ** 2, 0)) / EPOCHS
      expect(Math.abs(mean - exact[name])).toBeLessThan(4 * error + 0.01)
    }
  },
)
