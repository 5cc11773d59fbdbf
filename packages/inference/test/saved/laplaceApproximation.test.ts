import '@tensorflow/tfjs-backend-cpu'
import { memory } from '@tensorflow/tfjs-core'
import { add } from '@variate/core/ops'
import { halfNormal, normal } from '@variate/distributions'
import { initTo } from '@variate/families'
import { bbvi, laplaceApproximation, type LaplaceFit } from '@variate/inference'
import { model, positive } from '@variate/language'
import { expect, test } from 'vitest'
import { checkRefusals } from './damage.ts'

/** A parameter, and latents with and without bounds. */
const groups = model('groups')
  .param('spread', positive())
  .latent('tau', halfNormal(2))
  .plate('group', 3, (g) =>
    g
      .latent('theta', ({ tau }) => normal(1, tau), { centered: false })
      .observed('y', ({ theta, spread }) => normal(theta, spread)),
  )
const data = { y: [0.3, 2.5, 1.1], spread: 1 }

/** All that a fit tells, its draws included. */
async function told(fit: LaplaceFit<never>): Promise<object> {
  const { toBytes: _, posterior, ...own } = fit
  const { sample, weighted, covariance, ...known } = posterior
  const [draws, weights] = [await sample(20, { seed: 4 }), await weighted(20, { seed: 5 })]
  return { ...own, ...known, draws, weights, joint: covariance(...(Object.keys(known.mean) as never[])) }
}

const shifted = model('shifted')
  .param('spread', positive())
  .latent('mu', normal(0, 10))
  .plate('i', 'n', (i) => i.observed('x', ({ mu, spread }) => normal(mu, spread)))
/** Nothing settles the difference of its latents. */
const sums = model('sums')
  .latent('a', normal(0, 1e8))
  .latent('b', normal(0, 1e8))
  .observed('x', ({ a, b }) => normal(add(a, b), 1))

test.each([
  ['latents that are not centred', laplaceApproximation(groups), data],
  ['a parameter that is fitted', laplaceApproximation(shifted), { x: [1, 2, 4, 7] }],
  ['warnings', laplaceApproximation(sums, { maxIterations: 1 }), { x: 1 }],
  ['a random start', laplaceApproximation(shifted, { init: initTo.uniform() }), { x: [1, 2, 4, 7] }],
] as const)(
  'a fit that is loaded is the one that was saved, in all that it tells: %s',
  async (_, algorithm, own) => {
    const before = memory().numTensors
    const fit = await algorithm.fit(own as never, { seed: 1 })
    const loaded = await algorithm.load(fit.toBytes(), own as never)
    expect(await told(loaded as never)).toEqual(await told(fit as never))
    expect(loaded.toBytes()).toEqual(fit.toBytes())
    expect(memory().numTensors).toBe(before)
  },
)

test('bytes of something else are refused, and it is said of what', async () => {
  const algorithm = laplaceApproximation(groups)
  const fit = await algorithm.fit(data, { seed: 0 })
  const foreign = await bbvi(groups, { steps: 2 }).fit(data, { seed: 0 })
  await checkRefusals((bytes) => algorithm.load(bytes, data), fit.toBytes(), foreign.toBytes())
  await expect(laplaceApproximation(sums).load(fit.toBytes(), { x: 1 })).rejects.toThrow(
    'model "sums": laplaceApproximation: the bytes are of model "groups", expected "sums"',
  )
  const impostor = model('groups')
    .latent('tau', normal(0, 1))
    .observed('y', ({ tau }) => normal(tau, 1))
  await expect(laplaceApproximation(impostor).load(fit.toBytes(), { y: 1 })).rejects.toThrow(
    /the mode\.guide holds \S+, expected \S+: it was saved for other data or another model/,
  )
})

test('a model with the same latents in another order, and other data, are refused', async () => {
  const fit = await laplaceApproximation(sums).fit({ x: 1 }, { seed: 0 })
  const turned = model('sums')
    .latent('b', normal(0, 1e8))
    .latent('a', normal(0, 1e8))
    .observed('x', ({ a, b }) => normal(add(a, b), 1))
  await expect(laplaceApproximation(turned).load(fit.toBytes(), { x: 1 })).rejects.toThrow(
    'the mode was saved in the order a.loc, b.loc, expected b.loc, a.loc: it was saved for other data or another model',
  )
  const algorithm = laplaceApproximation(shifted)
  const four = await algorithm.fit({ x: [1, 2, 4, 7] }, { seed: 1 })
  await expect(algorithm.load(four.toBytes(), { x: [1, 2, 4] })).rejects.toThrow(
    'it was saved with 4 elements in plate "i", expected 3: it is of other data',
  )
})

test('the same is refused of fits by bbvi', async () => {
  const algorithm = bbvi(groups, { steps: 3 })
  const fit = await algorithm.fit(data, { seed: 0 })
  const foreign = await laplaceApproximation(groups).fit(data, { seed: 0 })
  await checkRefusals((bytes) => algorithm.load(bytes, data), fit.toBytes(), foreign.toBytes())
  await expect(bbvi(sums).load(fit.toBytes(), { x: 1 })).rejects.toThrow('the bytes are of model "groups"')
})
