import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { key, NdArray } from '@variate/core'
import { add, gather, mean, mul, sum } from '@variate/core/ops'
import { bernoulli, categorical, halfCauchy, logNormal, normal, poisson } from '@variate/distributions'
import { guide, mlp, model, positive, real, type Guide, type Model } from '@variate/language'
import { checkLeaks } from './leaks.ts'

checkLeaks()

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI)
const log = (x: number, loc: number, scale: number): number =>
  -0.5 * ((x - loc) / scale) ** 2 - Math.log(scale) - HALF_LOG_TWO_PI

const schools = model('schools')
  .latent('mu', normal(0, 5))
  .latent('tau', halfCauchy(5))
  .plate('school', 'n', (school) =>
    school
      .input('sigma')
      .latent('theta', ({ mu, tau }) => normal(mu, tau))
      .observed('y', ({ theta, sigma }) => normal(theta, sigma)),
  )

// mu is seen by theta as a number, y by mu whole and by theta as one of its elements.
const structured = guide(schools)
  .param('width', positive())
  .latent('mu', ({ y, width }) => normal(mean(y), width))
  .latent('tau', logNormal(0, 1))
  .plate('school', 'n', (school) =>
    school
      .param('shift', real())
      .deterministic('loc', ({ y, shift, mu }) => mul(0.5, add(mu, add(y, shift))))
      .latent('theta', ({ loc, sigma }) => normal(loc, mul(0.1, sigma))),
  )

const given = { y: [2, 4, 9], sigma: [1, 2, 3], width: 2, shift: [0.1, 0.2, 0.3] }
const values = { ...given, mu: 4, tau: 2, theta: [3, 4, 7] }

test('log q of each latent is that of its formula, observations seen by element in their plate and whole outside', async () => {
  const logs = await structured.logProb(values)
  expect(Object.keys(logs)).toEqual(['mu', 'tau', 'theta'])
  expect(logs.mu.data[0]).toBeCloseTo(log(4, 5, 2), 12)
  expect(logs.tau.data[0]).toBeCloseTo(log(Math.log(2), 0, 1) - Math.log(2), 12)
  const theta = [3, 4, 7].map((x, i) =>
    log(x, 0.5 * (4 + given.y[i]! + given.shift[i]!), 0.1 * given.sigma[i]!),
  )
  expect(logs.theta.shape).toEqual([3])
  theta.forEach((x, i) => expect(logs.theta.data[i]).toBeCloseTo(x, 11))
  const total = logs.mu.data[0]! + logs.tau.data[0]! + theta.reduce((a, b) => a + b, 0)
  expect(await structured.logJoint(values)).toBeCloseTo(total, 10)
})

test('draws are of the latents and what is computed of them', async () => {
  const drawn = await structured.sample({ seed: 0, given, count: 4000 })
  expect(Object.keys(drawn).toSorted()).toEqual(['loc', 'mu', 'tau', 'theta'])
  expect(drawn.theta.shape).toEqual([4000, 3])
  const average = Array.from(drawn.mu.data).reduce((a, b) => a + b, 0) / 4000
  expect(Math.abs(average - 5)).toBeLessThan((4 * 2) / Math.sqrt(4000))
})

test('what a guide does not read need not be given; what it reads must', async () => {
  const meanField = guide(schools)
    .latent('mu', normal(1, 2))
    .latent('tau', logNormal(0, 1))
    .plate('school', 'n', (school) => school.latent('theta', normal(0, 1)))
  const { theta } = await meanField.sample({ seed: 0, sizes: { n: 5 } })
  expect(theta.shape).toEqual([5])
  expect(await meanField.logJoint({ mu: 0, tau: 1, theta: [0, 1] })).toBeCloseTo(
    log(0, 1, 2) + log(0, 0, 1) + log(0, 0, 1) + log(1, 0, 1),
    12,
  )
  await expect(structured.sample({ seed: 0, given: { ...given, y: undefined } as never })).rejects.toThrow(
    'guide of model "schools": sample: site "y" (plate "school") must be given: it is an input',
  )
})

test('data of which some are missing are refused where they are read, and only there', async () => {
  const local = guide(schools)
    .latent('mu', normal(0, 1))
    .latent('tau', logNormal(0, 1))
    .plate('school', 'n', (school) => school.latent('theta', ({ sigma }) => normal(0, sigma)))
  const some = { mu: 0, tau: 1, theta: [0, 0, 0], sigma: [1, 1, 1], y: [1, null, 3] }
  expect(await local.logJoint(some)).toBeCloseTo(2 * log(0, 0, 1) + 3 * log(0, 0, 1), 12)
  const read =
    'site "y" (plate "school"): the value at [1] is missing, and site "mu" depends on it: guides read what is there: fill it in'
  await expect(structured.sample({ seed: 0, given: { ...given, y: [2, null, 9] } })).rejects.toThrow(read)
  await expect(structured.logJoint({ ...values, shift: [0.1, null, 0.3] })).rejects.toThrow(
    'only observations may be',
  )
  await expect(local.logJoint({ ...some, theta: [0, null, 0] })).rejects.toThrow('only observations may be')
  await expect(structured.logJoint({ ...values, y: [2, null, 9] })).rejects.toThrow(read)
})

test('what a model is conditioned on, or set to, is seen and is no latent', async () => {
  for (const how of ['condition', 'intervene'] as const) {
    const known =
      how === 'condition' ? schools.condition({ tau: 3 }) : (schools.intervene({ tau: 3 }) as never)
    const own = guide(known)
      .latent('mu', ({ tau }) => normal(tau, 1))
      .plate('school', 'n', (school) => school.latent('theta', ({ tau, mu }) => normal(mu, tau)))
    expect(await own.logJoint({ mu: 2, theta: [1] })).toBeCloseTo(log(2, 3, 1) + log(1, 2, 3), 12)
  }
})

test('the graph of a guide has what it reads of the data, and what it declares', () => {
  const own = guide(schools).plate('school', 'n', (school) =>
    school.latent('theta', ({ sigma }) => normal(0, sigma)),
  )
  expect(own.graph().nodes.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
    'sigma input',
    'theta latent',
  ])
})

test('what is missing of observations can be latents, for a guide as well', async () => {
  const x = [1, null, 3, null]
  const points = model('points')
    .latent('mu', normal(0, 1))
    .plate('point', 4, (i) => i.observed('x', ({ mu }) => normal(mu, 1)))
    .withMissing({ x })
  const own = guide(points)
    .latent('mu', normal(0, 2))
    .plate('x.missing', 2, (i) => i.latent('x.missing', ({ mu }) => normal(mu, 3)))
  expect(await own.logJoint({ mu: 1, 'x.missing': [2, 3] })).toBeCloseTo(
    log(1, 0, 2) + log(2, 1, 3) + log(3, 1, 3),
    11,
  )
})

test('a guide of a chain sees the observation of each step, and its own step before', async () => {
  const walk = model('walk').markov('time', 'T', (step) =>
    step.latent('z', normal(0, 1), (_, { z }) => normal(z, 1)).observed('x', ({ z }) => normal(z, 0.5)),
  )
  const filter = guide(walk)
    .param('weight', real())
    .markov('time', 'T', (step) =>
      step.latent(
        'z',
        ({ x }) => normal(x, 0.1),
        ({ x, weight }, { z }) => normal(add(mul(weight, z), x), 0.1),
      ),
    )
  const x = [1, 2, 4]
  const z = [1.1, 3, 7]
  const expected = log(1.1, 1, 0.1) + log(3, 0.5 * 1.1 + 2, 0.1) + log(7, 0.5 * 3 + 4, 0.1)
  expect(await filter.logJoint({ x, z, weight: 0.5 })).toBeCloseTo(expected, 9)
  const drawn = await filter.sample({ seed: 0, given: { x, weight: 0.5 }, count: 2000 })
  const means = [0, 1, 2].map((t) => {
    const column = drawn.z.data.filter((_: number, i: number) => i % 3 === t) as Float64Array
    return column.reduce((a, b) => a + b, 0) / 2000
  })
  // E z₁ = x₁, E zₜ = x_t + ½ E zₜ₋₁.
  for (const [t, expectedMean] of [1, 2.5, 5.25].entries())
    expect(Math.abs(means[t]! - expectedMean)).toBeLessThan((4 * 0.13) / Math.sqrt(2000))
  expect(
    filter.graph().edges.map(({ from, to, isFromStepBefore }) => `${from} ${to} ${isFromStepBefore}`),
  ).toEqual(['x z false', 'weight z false', 'z z true'])
  const one = await filter.sample({ seed: 0, given: { x: [3], weight: 1 } })
  expect(one.z.shape).toEqual([1])
})

test('what a site of a chain reads is not told of another', () => {
  const scaled = model('scaled')
    .latent('scale', halfCauchy(1))
    .markov('time', 'T', (step) =>
      step
        .latent('z', normal(0, 1), (_, { z }) => normal(z, 1))
        .observed('x', ({ z, scale }) => normal(z, scale)),
    )
  expect(scaled.graph().edges.map(({ from, to }) => `${from} ${to}`)).toEqual(['z z', 'z x', 'scale x'])
})

test('a guide in nested plates and of discrete latents', async () => {
  const mixture = model('mixture')
    .plate('component', 2, (k) => k.latent('rate', logNormal(0, 1)))
    .plate('point', 'n', (i) =>
      i
        .latent('c', categorical({ probs: [0.5, 0.5] }))
        .observed('x', ({ rate, c }) => poisson(gather(rate, c))),
    )
  const own = guide(mixture)
    .plate('component', 2, (k) =>
      k.param('loc', real()).latent('rate', ({ loc, x }) => logNormal(add(loc, sum(x)), 1)),
    )
    .plate('point', 'n', (i) => i.latent('c', ({ x, rate }) => categorical({ logits: mul(add(x, 0), rate) })))
  const at = { loc: [0, -3], rate: [1, 2], x: [1, 2], c: [0, 1] }
  const rate = [log(0, 3, 1), log(Math.log(2), 0, 1) - Math.log(2)]
  const c = [1 - Math.log(Math.exp(1) + Math.exp(2)), 4 - Math.log(Math.exp(2) + Math.exp(4))]
  const logs = await own.logProb(at)
  rate.forEach((x, i) => expect(logs.rate.data[i]).toBeCloseTo(x, 11))
  c.forEach((x, i) => expect(logs.c.data[i]).toBeCloseTo(x, 11))
})

const vae = model('vae')
  .network('decoder', mlp([2, 40, 784], { activation: 'relu', output: 'linear' }))
  .plate('image', 'n', (i) => i
    .latent('z', normal([0, 0], 1))
    .observed('x', ({ z, decoder }) => bernoulli({ logits: decoder(z) }))) // prettier-ignore

test('the guide of the variational autoencoder, as it is written in the design', async () => {
  const q = guide(vae)
    .network('encoder', mlp([784, 400], { output: 'relu' })).network('loc', mlp([400, 2])).network('scale', mlp([400, 2], { output: 'softplus' }))
    .plate('image', 'n', (i) => i.latent('z', ({ x, encoder, loc, scale }) => { const h = encoder(x); return normal(loc(h), scale(h)) })) // prettier-ignore
  expect(q.graph().edges.map(({ from, to }) => `${from} ${to}`)).toEqual([
    'x z',
    'encoder z',
    'loc z',
    'scale z',
  ])
  expect(q.describe()).toMatch(/x +input +image +\[784\]/)
  expect(q.describe()).toMatch(/z +latent +image +\[2\] +normal/)
  const networks = {
    encoder: mlp([784, 400]).init(key(0)),
    loc: mlp([400, 2]).init(key(1)),
    scale: mlp([400, 2]).init(key(2)),
  }
  const x = new NdArray(
    Float32Array.from({ length: 3 * 784 }, (_, i) => i % 2),
    [3, 784],
  )
  const { z } = await q.sample({ seed: 0, given: { x, ...networks } })
  expect(z.shape).toEqual([3, 2])
})

type Untyped = Record<string, (...args: unknown[]) => Untyped>
const untyped = (own: unknown): Untyped => own as Untyped

const LATE: readonly (readonly [what: string, of: () => unknown, message: string])[] = [
  ['a latent that the model has not', () => untyped(guide(schools)).latent!('thata', normal(0, 1)), 'guide of model "schools": "thata" is not a latent of the model: did you mean "theta"?'],
  ['an observed site as a latent', () => untyped(guide(vae)).latent!('x', normal(0, 1)), 'site "x" is already declared'],
  ['a latent twice', () => untyped(guide(schools).latent('mu', normal(0, 1))).latent!('mu', normal(0, 1)), 'site "mu" is already declared'],
  ['a latent outside of its plate', () => guide(schools).latent('theta', normal(0, 1)), 'latent "theta" is in no plate in the guide, expected in plate "school", as in the model'],
  ['a latent in a plate', () => guide(schools).plate('school', 'n', (s) => s.latent('mu', normal(0, 1))), 'latent "mu" is in plate "school" in the guide, expected in no plate'],
  ['an observed site', () => untyped(guide(schools)).observed!('z', normal(0, 1)), 'site "z" is observed: a guide has latents'],
  ['an input', () => untyped(guide(schools)).input!('z'), 'site "z" is an input'],
  ['a factor', () => untyped(guide(schools)).factor!('z', () => 0), 'site "z" is a factor'],
  ['a parameter that the model has', () => untyped(guide(vae)).param!('decoder', real()), '"decoder" is a site of the model'],
  ['a plate that the model has not', () => untyped(guide(schools)).plate!('shcool', 'n', (s: unknown) => s), '"shcool" is not a plate of the model: did you mean "school"?'],
  ['a plate of another size', () => guide(schools).plate('school', 8, (s) => s), 'plate "school" has size "n" in the model, and here 8'],
  ['a plate as a chain', () => guide(schools).markov('school', 'n', (s) => s), '"school" is a plate of the model: open it by plate'],
] // prettier-ignore

test.each(LATE)('%s is refused where it is declared', (_, of, message) => {
  expect(of).toThrow(message)
})

test('a chain is opened once, and as a chain', () => {
  const walk = model('walk').markov('time', 'T', (step) =>
    step.latent('z', normal(0, 1), (_, { z }) => normal(z, 1)).latent('w', normal(0, 1), () => normal(0, 1)),
  )
  expect(() => guide(walk).plate('time', 'T', (step) => step)).toThrow(
    '"time" is a chain of the model: open it by markov',
  )
  const once = guide(walk).markov('time', 'T', (step) => step.latent('z', normal(0, 1), () => normal(0, 1)))
  expect(() =>
    once.markov('time', 'T', (step) => step.latent('w', normal(0, 1), () => normal(0, 1))),
  ).toThrow('chain "time" is already declared')
})

test('a guide carries the types of the model and its own', () => {
  type ModelOf<Own> = Own extends Guide<infer Of, infer _, infer Plates> ? Model<Of, Plates> : never
  const same: ModelOf<typeof structured> = schools
  expect(same).toBe(schools)
})
