import '@tensorflow/tfjs-backend-cpu'
import { gather } from '@variate/core/ops'
import { categorical, dirichlet, normal } from '@variate/distributions'
import { coordinateAscent, stochasticVI, type StochasticVIFit } from '@variate/inference'
import { model } from '@variate/language'
import { expect, test } from 'vitest'
import { checkLeaks } from '../coordinateAscent/leaks.ts'
import { checkRefusals } from './damage.ts'

checkLeaks()

/** A mixture, in which starts matter. */
const mixture = model('mixture')
  .latent('weights', dirichlet([1, 1, 1]))
  .plate('component', 3, (k) => k.latent('mu', normal(0, 5)))
  .plate('point', 'n', (i) =>
    i
      .latent('c', ({ weights }) => categorical({ probs: weights }))
      .observed('x', ({ mu, c }) => normal(gather(mu, c), 1)),
  )

const other = model('other')
  .latent('mu', normal(0, 1))
  .plate('point', 'n', (i) => i.observed('x', ({ mu }) => normal(mu, 1)))

const x = Array.from({ length: 60 }, (_, i) => [-6, 0, 5][i % 3]! + Math.sin(7 * i))

const init = { mu: [-5, 1, 4] }
const algorithm = stochasticVI(mixture, { batch: { point: 20 }, steps: 12 })

/** All that a fit tells, its draws included. */
async function told<Types>(fit: StochasticVIFit<Types>): Promise<object> {
  const { toBytes: _, posterior, ...own } = fit
  const { factors: __, sample, ...known } = posterior
  return { ...own, ...known, draws: await sample(20, { seed: 4 }) }
}

test('a fit that is loaded is the one that was saved, in all that it tells', async () => {
  for (const options of [{ seed: 3 }, { seed: 3, init }]) {
    const fit = await algorithm.fit({ x }, options)
    const loaded = await algorithm.load(fit.toBytes(), { x })
    expect(await told(loaded)).toEqual(await told(fit))
    expect(loaded.toBytes()).toEqual(fit.toBytes())
  }
})

test('a fit that was aborted, or may take more steps, goes on as if it had not ended', async () => {
  const whole = await algorithm.fit({ x }, { seed: 3, init })
  const stop = new AbortController()
  const onProgress = ({ step }: { readonly step: number }): unknown => step === 5 && stop.abort()
  const part = await algorithm.fit({ x }, { seed: 3, init, signal: stop.signal, onProgress })
  expect(part.termination).toEqual({ kind: 'aborted', step: 5 })
  const short = await stochasticVI(mixture, { batch: { point: 20 }, steps: 4 }).fit({ x }, { seed: 3, init })
  for (const from of [part, part.toBytes(), await algorithm.load(part.toBytes(), { x }), short]) {
    const rest = await algorithm.fit({ x }, { from })
    expect(await told(rest)).toEqual(await told(whole))
  }
})

test('bytes of something else are refused, and it is said of what', async () => {
  const fit = await algorithm.fit({ x }, { seed: 0 })
  const ascent = await coordinateAscent(mixture).fit({ x })
  await checkRefusals((bytes) => algorithm.load(bytes, { x }), fit.toBytes(), ascent.toBytes())
  const bytes = fit.toBytes()
  const elsewhere = stochasticVI(other, { batch: { point: 20 }, steps: 12 })
  await expect(elsewhere.load(bytes, { x })).rejects.toThrow(
    'model "other": stochasticVI: the bytes are of model "mixture", expected "other"',
  )
  await expect(elsewhere.fit({ x }, { from: bytes })).rejects.toThrow('the bytes are of model "mixture"')
  await expect(algorithm.load(bytes, { x: x.slice(1) })).rejects.toThrow(
    'q of "c" was saved as 60 × 3 values, expected 59 × 3 values',
  )
})
