import '@tensorflow/tfjs-backend-cpu'
import { add } from '@variate/core/ops'
import { normal } from '@variate/distributions'
import { adam, averaged, bbvi, clipByGlobalNorm, sgd, type Optimizer } from '@variate/inference'
import { model, positive } from '@variate/language'
import { expect, test } from 'vitest'

// What a fit goes on from, where the optimiser has all parameters as one vector.

const spread = model('spread')
  .param('scale', positive())
  .latent('mu', normal(0, 1))
  .plate('i', 'n', (i) =>
    i.latent('z', ({ mu, scale }) => normal(mu, scale)).observed('x', ({ z }) => normal(z, 1)),
  )
const x = Array.from({ length: 12 }, (_, i) => 1 + 2 * Math.sin(7 * i))

/** In how many vectors the optimiser has its numbers: one of mu's two and the scale, or theirs and those of all z. */
const OPTIONS: Readonly<Record<string, object>> = {
  'all together': {},
  'an average': { optimizer: averaged(adam({ rate: 0.02 }), { kind: 'polyak', from: 50 }) },
  'clipped by the norm of all': { optimizer: clipByGlobalNorm(1, adam({ rate: 0.02 })) },
  'local latents by steps of their own': { batch: { i: 4 }, localSteps: 3 },
  'in float32': { precision: 'float32' },
  'with a watch': { convergence: { window: 40 } },
}

test.each(Object.entries(OPTIONS))(
  'a fit that was aborted goes on from its bytes as if it had not been: %s',
  async (_, options) => {
    const algorithm = bbvi(spread, { steps: 300, convergence: false, ...options })
    const whole = await algorithm.fit({ x }, { seed: 2 })
    const stop = new AbortController()
    const part = await algorithm.fit(
      { x },
      { seed: 2, signal: stop.signal, onProgress: ({ step }) => step > 3 && stop.abort() },
    )
    expect(part.termination.kind).toBe('aborted')
    const loaded = await algorithm.load(part.toBytes(), { x })
    expect([loaded.elbo, loaded.termination]).toEqual([part.elbo, part.termination])
    const rest = await algorithm.fit({ x }, { from: loaded.toBytes() })
    expect(rest.history).toEqual(whole.history)
    expect(rest.toBytes()).toEqual(whole.toBytes())
    expect(rest.elbo).toBe(whole.elbo)
  },
)

test('numbers of another optimiser, or of other parameters, are refused', async () => {
  const { toBytes } = await bbvi(spread, { steps: 2 }).fit({ x }, { seed: 0 })
  const others: readonly Optimizer[] = [
    sgd(0.1),
    averaged(adam(), { kind: 'polyak' }),
    clipByGlobalNorm(1, sgd(0.1)),
  ] as never
  for (const optimizer of others)
    await expect(bbvi(spread, { optimizer }).load(toBytes(), { x })).rejects.toThrow(
      'it was saved with another family, estimator or optimizer, or for data of other sizes',
    )
  await expect(bbvi(spread).load(toBytes(), { x: x.slice(1) })).rejects.toThrow(
    'has shape [12], expected [11]',
  )
  await expect(bbvi(spread, { batch: { i: 4 }, localSteps: 3 }).load(toBytes(), { x })).rejects.toThrow(
    'has shape [27], expected [3]',
  )
})

test('a fit whose objective has fallen is at its end, unless it may go on', async () => {
  const two = model('two')
    .latent('s', normal(0, 1))
    .latent('t', normal(0, 1))
    .observed('x', ({ s, t }) => normal(add(s, t), 1))
  const options = { steps: 40, optimizer: sgd(3) }
  const algorithm = bbvi(two, { ...options, convergence: { window: 1 } })
  const fit = await algorithm.fit({ x: 1 }, { seed: 0 })
  expect(fit.termination).toMatchObject({ kind: 'diverged', site: 'objective' })
  for (const same of [
    await algorithm.fit({ x: 1 }, { from: fit }),
    await algorithm.load(fit.toBytes(), { x: 1 }),
  ]) {
    expect(same.termination).toEqual(fit.termination)
    expect(same.history).toEqual(fit.history)
    expect(same.elbo).toBe(fit.elbo)
  }
})
