import '@tensorflow/tfjs-backend-cpu'
import { cast, mul } from '@variate/core/ops'
import { bernoulli, categorical, normal } from '@variate/distributions'
import { rebar, relax, relaxedReparameterization, straightThrough } from '@variate/estimators'
import { bbvi } from '@variate/inference'
import { guide, model, real } from '@variate/language'
import { describe, expect, test } from 'vitest'

const all = [rebar(), relax(), relaxedReparameterization(), straightThrough()]
const named = all.map((own) => [own.name, own] as const)

const kind = model('kind')
  .latent('k', categorical({ probs: [0.2, 0.3, 0.5] }))
  .observed('x', ({ k }) => normal(cast(k, 'float32'), 1))

test.each(named)('%s: latents that are indices are refused by name', async (name, estimator) => {
  await expect(bbvi(kind, { estimator }).fit({ x: 1 }, { seed: 0 })).rejects.toThrow(
    `model "kind": bbvi: ${name} relaxes discrete draws to values between, and those of "k" have none: declare it as ` +
      'oneHotCategorical, or as bernoulli, or use scoreFunction() or enumeration()',
  )
})

test.each(named)('%s: draws by rejection are refused by name', (name, estimator) => {
  const factor = { name: 'g', sites: ['g'], plates: [], scale: 1, terms: [], factors: [] }
  const outline = { sizes: new Map(), terms: [], factors: [{ ...factor, draws: 'opaque' as const }] }
  expect(() => estimator.init(outline, 'test')).toThrow(
    `test: ${name} differentiates draws, and "g" is drawn by rejection`,
  )
})

const pair = model('pair')
  .latent('a', bernoulli({ probs: 0.5 }))
  .latent('u', ({ a }) => normal(a, 1))
  .latent('b', ({ u }) => bernoulli({ logits: u }))
  .observed('x', ({ b }) => normal(mul(2, b), 1))
const dependent = guide(pair)
  .param('r', real())
  .latent('a', ({ r }) => bernoulli({ logits: r }))
  .latent('u', ({ a }) => normal(a, 1))
  .latent('b', ({ u }) => bernoulli({ logits: u }))

test.each(named.slice(0, 2))(
  '%s: a discrete latent that depends on another, if through a continuous one, is refused by name',
  async (name, estimator) => {
    await expect(bbvi(pair, { guide: dependent, estimator }).fit({ x: 1 }, { seed: 0 })).rejects.toThrow(
      `${name} differentiates relaxed draws for fixed noise, and those of "b" jump where the values of "a" do`,
    )
  },
)

test.each(named.slice(2))('%s: it takes that one', async (_, estimator) => {
  const fit = await bbvi(pair, { guide: dependent, estimator, steps: 20, convergence: false }).fit(
    { x: 1 },
    { seed: 0 },
  )
  expect(fit.history.every((x) => Number.isFinite(x))).toBe(true)
})

const weather = model('weather').markov('day', 'T', (day) =>
  day
    .latent('rain', bernoulli({ probs: 0.4 }), (_, { rain }) => bernoulli({ logits: mul(2, rain) }))
    .observed('x', ({ rain }) => normal(rain, 1)),
)

test.each(named)('%s: latents of a chain are refused by name', async (_, estimator) => {
  await expect(bbvi(weather, { estimator }).fit({ x: [1, 0] }, { seed: 0 })).rejects.toThrow(
    'is in a chain: its values cannot lie between those of its support',
  )
})

describe('options out of range', () => {
  test.each([
    [() => rebar({ temperature: 0 }), 'rebar: temperature must be a number > 0'],
    [
      () => rebar({ temperature: (() => 1) as never }),
      'rebar: temperature must be a number > 0, got a function',
    ],
    [() => rebar({ scale: NaN }), 'rebar: scale must be a number'],
    [() => relax({ rate: -1 }), 'relax: rate must be > 0'],
    [() => relax({ surrogate: { hidden: 0.5 } }), 'relax: surrogate.hidden must be a whole number ≥ 1'],
    [() => relaxedReparameterization({ temperature: -1 }), 'relaxedReparameterization: temperature must be'],
    [() => relaxedReparameterization({ particles: 0 }), 'relaxedReparameterization: particles must be'],
    [() => straightThrough({ temperature: NaN }), 'straightThrough: temperature must be'],
  ])('%#', (make, message) => {
    expect(make).toThrow(message)
  })
})
