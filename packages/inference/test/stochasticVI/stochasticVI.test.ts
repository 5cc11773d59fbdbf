import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { gather, mul, sum } from '@variate/core/ops'
import {
  bernoulli,
  beta,
  categorical,
  dirichlet,
  multivariateNormal,
  normal,
  wishart,
} from '@variate/distributions'
import {
  coordinateAscent,
  decodeCheckpoint,
  encodeCheckpoint,
  stochasticVI,
  type StochasticVIState,
} from '@variate/inference'
import { model } from '@variate/language'
import oracle from '../coordinateAscent/oracles/coordinateAscent.json' with { type: 'json' }
import { checkLeaks } from '../coordinateAscent/leaks.ts'

checkLeaks()

const mixture = model('bayesian mixture')
  .latent('weights', dirichlet([1.5, 1.5]))
  .plate('component', 2, (k) =>
    k
      .latent(
        'precision',
        wishart(3, {
          scale: [
            [1, 0],
            [0, 0.05],
          ],
        }),
      )
      .latent('mu', ({ precision }) => multivariateNormal([3.5, 70], { precision: mul(0.5, precision) })),
  )
  .plate('point', 'n', (i) =>
    i
      .latent('c', ({ weights }) => categorical({ probs: weights }))
      .observed('x', ({ mu, precision, c }) =>
        multivariateNormal(gather(mu, c), { precision: gather(precision, c) }),
      ),
  )
const c = oracle.x.map(([, waiting]) => (waiting! > 68 ? [0.9, 0.1] : [0.1, 0.9]))

const distance = (got: ArrayLike<number>, expected: ArrayLike<number>): number =>
  Math.max(...Array.from(got, (x, i) => Math.abs(x - expected[i]!) / Math.max(1, Math.abs(expected[i]!))))

test('with all elements and step size 1 it is coordinate ascent, step for step', async () => {
  const options = { init: { c } }
  const ascent = await coordinateAscent(mixture).fit(
    { x: oracle.x },
    { ...options, tolerance: 0, maxIterations: 5 },
  )
  const fit = await stochasticVI(mixture, { batch: { point: 272 }, steps: 5, delay: 1, forgetting: 0 }).fit(
    { x: oracle.x },
    options,
  )
  expect(fit.history.every(({ stepSize }) => stepSize === 1)).toBe(true)
  expect(
    distance(
      fit.history.map(({ elbo }) => elbo),
      ascent.history.map(({ elbo }) => elbo),
    ),
  ).toBeLessThan(1e-10)
  const { posterior } = fit
  expect(distance(posterior.mean.mu.data, ascent.posterior.mean.mu.data)).toBeLessThan(1e-10)
  expect(distance(posterior.mean.precision.data, ascent.posterior.mean.precision.data)).toBeLessThan(1e-10)
  expect(distance(posterior.mean.weights.data, ascent.posterior.mean.weights.data)).toBeLessThan(1e-10)
})

test('so it is with local latents that depend on each other, each updated once in a step', async () => {
  const { alpha, eta, words, start } = oracle.topics
  const allocation = model('allocation')
    .plate('topic', 2, (k) => k.latent('words', dirichlet(Array<number>(5).fill(eta))))
    .plate('document', 'documents', (d) =>
      d
        .latent('topics', dirichlet([alpha, alpha]))
        .plate('token', 'tokens', (i) =>
          i
            .latent('z', ({ topics }) => categorical({ probs: topics }))
            .observed('w', ({ words: all, z }) => categorical({ probs: gather(all, z) })),
        ),
    )
  const init = { z: start }
  const { history } = oracle.topics
  const whole = { batch: { document: 4 }, steps: 10, forgetting: 0, delay: 1 }
  const fit = await stochasticVI(allocation, { ...whole, localIterations: 1 }).fit({ w: words }, { init })
  expect(
    distance(
      fit.history.map(({ elbo }) => elbo),
      history.slice(0, 10),
    ),
  ).toBeLessThan(1e-10)

  const ascent = await coordinateAscent(allocation).fit({ w: words }, { init, tolerance: 1e-13 })
  const some = { batch: { document: 2 }, steps: 3000, delay: 2, forgetting: 0.9 }
  const stochastic = await stochasticVI(allocation, some).fit({ w: words }, { init, seed: 0 })
  expect(Math.abs(stochastic.elbo - ascent.elbo)).toBeLessThan(0.05)
})

test('a global latent alone has the average of estimates that its step sizes give', async () => {
  const coins = model('coins')
    .latent('p', beta(2, 3))
    .plate('i', 'n', (i) => i.observed('x', ({ p }) => bernoulli({ probs: p })))
  const x = [1, 1, 1, 1, 0, 1, 1, 1]
  const fit = await stochasticVI(coins, { batch: { i: 2 }, steps: 4000, delay: 1, forgetting: 1 }).fit(
    { x },
    { seed: 1 },
  )
  // Robbins–Monro with step size 1/t is the mean of all estimates: unbiased, with a variance that is known.
  const { concentration1 } = fit.posterior.factors.p.parameters
  const share = 7 / 8
  const deviation = 8 * Math.sqrt((share * (1 - share)) / 2 / 4000)
  expect(Math.abs(concentration1!.at() - 9)).toBeLessThan(4 * deviation)
  const expected = fit.history.reduce((s, { elbo }) => s + elbo, 0) / 4000
  const { elbo } = await coordinateAscent(coins).fit({ x })
  expect(Math.abs(expected - elbo)).toBeLessThan(0.5)
  expect(fit.termination).toEqual({ kind: 'limit' })
  expect(fit.history).toHaveLength(4000)
  expect(fit.history[3]!.stepSize).toBe(1 / 4)
})

test('subsets of Old Faithful come near coordinate ascent', async () => {
  const ascent = await coordinateAscent(mixture).fit({ x: oracle.x }, { init: { c } })
  const fit = await stochasticVI(mixture, {
    batch: { point: 40 },
    steps: 1500,
    delay: 10,
    forgetting: 0.8,
  }).fit({ x: oracle.x }, { init: { c }, seed: 3 })
  expect(ascent.elbo - fit.elbo).toBeLessThan(0.5)
  expect(ascent.elbo - fit.elbo).toBeGreaterThan(-1e-6)
  expect(distance(fit.posterior.mean.mu.data, ascent.posterior.mean.mu.data)).toBeLessThan(0.01)
})

test('a run that is aborted goes on from a stored state as if it had not been', async () => {
  const options = { batch: { point: 30 }, steps: 12 }
  const whole = await stochasticVI(mixture, options).fit({ x: oracle.x }, { init: { c }, seed: 3 })
  const controller = new AbortController()
  let bytes: Uint8Array | undefined
  const part = await stochasticVI(mixture, options).fit(
    { x: oracle.x },
    {
      init: { c },
      seed: 3,
      signal: controller.signal,
      onProgress: ({ step, steps, state }) => {
        expect(steps).toBe(12)
        if (step !== 5) return
        bytes = encodeCheckpoint('svi', state)
        controller.abort()
      },
    },
  )
  expect(part.termination).toEqual({ kind: 'aborted', step: 5 })
  const from = decodeCheckpoint('svi', bytes!) as StochasticVIState
  const rest = await stochasticVI(mixture, options).fit({ x: oracle.x }, { init: { c }, seed: 3, from })
  expect(rest.history).toEqual(whole.history)
  expect(rest.posterior.mean.mu.data).toEqual(whole.posterior.mean.mu.data)
})

test('options that do not fit are refused', async () => {
  const fit = (options: object) =>
    stochasticVI(mixture, { batch: { point: 30 }, steps: 5, ...options } as never).fit({ x: oracle.x })
  const who = 'model "bayesian mixture": stochasticVI'
  await expect(fit({ steps: 0 })).rejects.toThrow(`${who}: steps must be a whole number ≥ 1, got 0`)
  await expect(fit({ delay: 0 })).rejects.toThrow('delay must be > 0, got 0')
  await expect(fit({ forgetting: 1.5 })).rejects.toThrow('forgetting must be 0 … 1, got 1.5')
  await expect(fit({ localIterations: 0 })).rejects.toThrow(
    'localIterations must be a whole number ≥ 1, got 0',
  )
  await expect(fit({ batch: {} })).rejects.toThrow('batch: name one plate, such as { component: 10 }')
  await expect(fit({ batch: { point: 300 } })).rejects.toThrow(
    'plate "point" has 272 elements: expected a whole number 1 … 272',
  )
  await expect(fit({ batch: { pints: 3 } })).rejects.toThrow('batch: "pints"')
  await expect(fit({ batch: { component: 1 } })).rejects.toThrow('plate "component" cannot be batched')
  const walk = model('walk').markov('t', 'n', (t) =>
    t.latent('z', normal(0, 1), (_, { z }) => normal(z, 1)).observed('x', ({ z }) => normal(z, 1)),
  )
  await expect(stochasticVI(walk, { batch: { t: 1 }, steps: 1 } as never).fit({ x: [1, 2] })).rejects.toThrow(
    'cannot be batched',
  )
})

test('what is kept together across elements of the batch is refused', async () => {
  const tied = model('tied')
    .latent('w', normal([0, 0], 1))
    .plate('i', 'n', (i) =>
      i.latent('z', normal(0, 1)).observed('y', ({ w, z }) => normal(sum(mul(z, w)), 1)),
    )
  const level = model('level')
    .latent('a', normal(0, 1))
    .plate('i', 'n', (i) => i.latent('z', ({ a }) => normal(a, 1)).observed('y', ({ z }) => normal(z, 1)))
  expect((await stochasticVI(tied, { batch: { i: 1 }, steps: 3 }).fit({ y: [1, 2] })).history).toHaveLength(3)
  await expect(
    stochasticVI(level, { batch: { i: 1 }, steps: 3, blocks: [['a', 'z']] }).fit({ y: [1, 2] }),
  ).rejects.toThrow(
    '"z" and "a" are kept together, and so across elements of plate "i", of which subsets are taken',
  )
})
