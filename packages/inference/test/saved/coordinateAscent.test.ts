import '@tensorflow/tfjs-backend-cpu'
import { add, gather } from '@variate/core/ops'
import { categorical, dirichlet, normal } from '@variate/distributions'
import { coordinateAscent, decodeCheckpoint, encodeCheckpoint, stochasticVI } from '@variate/inference'
import type { CoordinateAscentFit, CoordinateAscentState } from '@variate/inference'
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

/** A model of the same name and data as `mixture`, with other factors. */
const impostor = model('mixture')
  .latent('mu', normal(0, 5))
  .plate('point', 'n', (i) => i.observed('x', ({ mu }) => normal(mu, 1)))

const other = model('other')
  .latent('mu', normal(0, 1))
  .plate('point', 'n', (i) => i.observed('x', ({ mu }) => normal(mu, 1)))

const x = Array.from({ length: 60 }, (_, i) => [-6, 0, 5][i % 3]! + Math.sin(7 * i))

const algorithm = coordinateAscent(mixture)
const options = { seed: 1, restarts: 3, tolerance: 0, maxIterations: 7 }

/** All that a fit tells, its draws included. */
async function told<Types>(fit: CoordinateAscentFit<Types>): Promise<object> {
  const { toBytes: _, posterior, ...own } = fit
  const { factors, sample, ...known } = posterior
  const parameters = Object.entries(factors as object).map(([name, { family, parameters: all }]) => [
    name,
    family,
    all,
  ])
  return { ...own, ...known, parameters, draws: await sample(20, { seed: 4 }) }
}

test('a fit that is loaded is the one that was saved, in all that it tells', async () => {
  const fit = await algorithm.fit({ x }, { seed: 3, restarts: 4 })
  const loaded = await coordinateAscent(mixture).load(fit.toBytes(), { x })
  expect(await told(loaded)).toEqual(await told(fit))
  expect(loaded.toBytes()).toEqual(fit.toBytes())
})

test('a fit that started from values given is loaded, and its bytes hold these', async () => {
  const init = { mu: [-1, 0, 1] }
  const fit = await algorithm.fit({ x }, { init, maxIterations: 2, tolerance: 0 })
  const loaded = await algorithm.load(fit.toBytes(), { x })
  expect(await told(loaded)).toEqual(await told(fit))
  const whole = await algorithm.fit({ x }, { init, maxIterations: 5, tolerance: 0 })
  for (const from of [fit, loaded, fit.toBytes()]) {
    const rest = await algorithm.fit({ x }, { from, maxIterations: 5 })
    expect(rest.history).toHaveLength(5)
    expect(await told(rest)).toEqual(await told(whole))
  }
})

test.each([1, 3])(
  'a fit that was aborted in run %i goes on from its bytes as if it had not been',
  async (run) => {
    const whole = await algorithm.fit({ x }, options)
    const stop = new AbortController()
    const part = await algorithm.fit(
      { x },
      {
        ...options,
        signal: stop.signal,
        onProgress: ({ restart, iteration }) => restart === run - 1 && iteration === 3 && stop.abort(),
      },
    )
    expect(part.restarts.at(-1)!.termination).toEqual({ kind: 'aborted', step: 3 })
    const loaded = await algorithm.load(part.toBytes(), { x })
    expect(await told(loaded)).toEqual(await told(part))
    for (const from of [part, part.toBytes(), loaded]) {
      const rest = await algorithm.fit({ x }, { from })
      expect(rest.restarts).toHaveLength(3)
      expect(await told(rest)).toEqual(await told(whole))
    }
  },
)

test('a fit that goes on from a state of the progress has the bytes of an unbroken one', async () => {
  let state: CoordinateAscentState | undefined
  const whole = await algorithm.fit(
    { x },
    {
      ...options,
      onProgress: (now) => {
        if (now.restart === 1 && now.iteration === 4)
          state = decodeCheckpoint('state', encodeCheckpoint('state', now.state)) as CoordinateAscentState
      },
    },
  )
  const rest = await algorithm.fit({ x }, { ...options, from: state! })
  expect(rest.toBytes()).toEqual(whole.toBytes())
})

test('a fit that has ended is at its end, and may have more runs', async () => {
  const few = await algorithm.fit({ x }, { seed: 2, restarts: 2 })
  const same = await algorithm.fit({ x }, { from: few })
  expect(await told(same)).toEqual(await told(few))
  const more = await algorithm.fit({ x }, { from: few, restarts: 5 })
  expect(await told(more)).toEqual(await told(await algorithm.fit({ x }, { seed: 2, restarts: 5 })))
})

test('bytes of something else are refused, and it is said of what', async () => {
  const fit = await algorithm.fit({ x }, { seed: 0 })
  const stochastic = await stochasticVI(mixture, { batch: { point: 10 }, steps: 2 }).fit({ x })
  await checkRefusals((bytes) => algorithm.load(bytes, { x }), fit.toBytes(), stochastic.toBytes())
  const bytes = fit.toBytes()
  await expect(coordinateAscent(other).load(bytes, { x })).rejects.toThrow(
    'model "other": coordinateAscent: the bytes are of model "mixture", expected "other"',
  )
  await expect(coordinateAscent(other).fit({ x }, { from: fit })).rejects.toThrow(
    'the bytes are of model "mixture"',
  )
  await expect(coordinateAscent(impostor).load(bytes, { x })).rejects.toThrow(
    'q of "mu" was saved as 3 × normal of 1, expected 1 × normal of 1',
  )
  await expect(algorithm.load(bytes, { x: x.slice(1) })).rejects.toThrow(
    'q of "c" was saved as 60 × 3 values, expected 59 × 3 values: it is of other data, another model or other blocks',
  )
  await expect(algorithm.fit({ x: x.slice(1) }, { from: fit })).rejects.toThrow('q of "c" was saved as')
})

test('a model with the same latents in another order, and data in plates of other lengths, are refused', async () => {
  const own = model('sum')
    .latent('a', normal(0, 1))
    .latent('b', normal(5, 2))
    .observed('x', ({ a, b }) => normal(add(a, b), 1))
  const turned = model('sum')
    .latent('b', normal(5, 2))
    .latent('a', normal(0, 1))
    .observed('x', ({ a, b }) => normal(add(a, b), 1))
  const fit = await coordinateAscent(own).fit({ x: 1 })
  await expect(coordinateAscent(turned).load(fit.toBytes(), { x: 1 })).rejects.toThrow(
    'q was saved in the order a; b, expected b; a: it is of other data, another model or other blocks',
  )
  const level = coordinateAscent(
    model('level')
      .latent('mu', normal(0, 1))
      .plate('i', 'n', (i) => i.plate('j', 'm', (j) => j.observed('x', ({ mu }) => normal(mu, 1)))),
  )
  const wide = [
    [1, 2, 3],
    [4, 5, 6],
  ]
  const bytes = (await level.fit({ x: wide })).toBytes()
  const tall = Array.from(wide[0]!, () => [0, 0])
  await expect(level.load(bytes, { x: tall })).rejects.toThrow(
    'it was saved with 2 elements in plate "i", expected 3: it is of other data',
  )
  await expect(level.fit({ x: tall }, { from: bytes })).rejects.toThrow('2 elements in plate "i"')
})
