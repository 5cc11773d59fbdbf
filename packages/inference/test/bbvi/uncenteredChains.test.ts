import '@tensorflow/tfjs-backend-cpu'
import { mul } from '@variate/core/ops'
import { normal } from '@variate/distributions'
import {
  analyticKl,
  importanceWeighted,
  leaveOneOut,
  reparameterization,
  scoreFunction,
  stickingTheLanding,
  type Estimator,
} from '@variate/estimators'
import { fullRank } from '@variate/families'
import { adam, bbvi, enumeration, schedules } from '@variate/inference'
import { model } from '@variate/language'
import { bind, uncentered } from '@variate/language/internal'
import { expect, test } from 'vitest'
import { structureOf } from '../../src/bbvi/problemOf.ts'
import { moments, paramsOf, settingOf } from './estimates.ts'

const walk = (centered: boolean) =>
  model('walk').markov('t', 3, (t) =>
    t
      .latent('z', normal(0, 1), (_, { z }) => normal(mul(0.8, z), 0.5), { centered })
      .observed('x', ({ z }) => normal(z, 0.7)),
  )
const data = { x: [0.2, 1.9, -1] }

function deviations() {
  const bound = bind(walk(false).program, data, { who: 'test', needed: ({ kind }) => kind === 'observed' })
  return settingOf({ model: uncentered(bound), data })
}

test('an observation of a step reads the deviations of all steps before', () => {
  const [factor] = structureOf(deviations(), new Map()).factors
  expect(factor!.terms.find(({ name }) => name === 'x')!.aligned).toEqual([])
})

test('a chain that is inferred by its deviations has the posterior of the chain', async () => {
  const exact = await enumeration(walk(true)).fit(data)
  const optimizer = adam({ rate: schedules.cosineDecay({ start: 0.03, steps: 6000 }) })
  const estimator = stickingTheLanding({ particles: 4 })
  const settings = { family: fullRank(), estimator, optimizer, steps: 6000, convergence: false } as const
  const fit = await bbvi(walk(false), settings).fit(data, { seed: 0 })
  expect(exact.logEvidence - fit.elbo).toBeLessThan(5e-3)
  for (const i of [0, 1, 2])
    expect(Math.abs(fit.posterior.mean.z.data[i]! - exact.posterior.mean.z.data[i]!)).toBeLessThan(0.05)
})

// The gradients by the draws, which know of no dependences.
test.each<[string, Estimator]>([
  ['scoreFunction', scoreFunction({ particles: 4, baseline: leaveOneOut() })],
  ['analyticKl', analyticKl(reparameterization()) as Estimator],
  ['importanceWeighted of one draw', importanceWeighted({ particles: 1 }) as Estimator],
])('%s of deviations in a chain is unbiased', (_, estimator) => {
  const setting = deviations()
  const params = paramsOf(setting)
  const expected = moments(setting, params, 20_000, reparameterization() as Estimator)
  const got = moments(setting, params, 20_000, estimator)
  for (const [name, all] of Object.entries(expected))
    all.forEach(({ mean, error }, at) => {
      const own = got[name]![at]!
      expect(Math.abs(own.mean - mean)).toBeLessThan(4 * Math.hypot(error, own.error) + 1e-9)
    })
})
