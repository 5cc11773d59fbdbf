import '@tensorflow/tfjs-backend-cpu'
import { add, exp, gather, mul, reshape, sigmoid, slice } from '@variate/core/ops'
import { bernoulli, mixture, normal } from '@variate/distributions'
import {
  analyticKl,
  doublyReparameterized,
  enumerated,
  importanceWeighted,
  leaveOneOut,
  rebar,
  reparameterization,
  reweightedWakeSleep,
  scoreFunction,
  stickingTheLanding,
  vimco,
  type Estimator,
} from '@variate/estimators'
import { conditional } from '@variate/families'
import { bbvi, elbo as boundOf, estimatorVariance } from '@variate/inference'
import { guide, mlp, model, real } from '@variate/language'
import { expect, test } from 'vitest'

const x = [-1.3, 0.4, 2]
const NOISE = 0.7
const logNormal = (z: number, loc: number, scale: number): number =>
  -0.5 * ((z - loc) / scale) ** 2 - Math.log(scale) - 0.5 * Math.log(2 * Math.PI)

/** q(z | x) = N(a₀·x + a₁ + v, exp a₂), and a prior of two such, of the inputs u, without v. */
interface Point {
  readonly a: readonly number[]
  readonly u: readonly number[]
  readonly v: readonly number[]
}
const at: Point = { a: [0.4, 0.3, -0.2], u: [-1, 1.5], v: [0.1] }

/** Weights log p(x, z) − log q(z | x) at points of a grid, and how much of q is at each. */
function grid({ a, u, v }: Point, own: number, points: number): readonly (readonly [number, number])[] {
  const [slope, level, log] = a as [number, number, number]
  const [loc, scale] = [slope * own + level + v[0]!, Math.exp(log)]
  return Array.from({ length: points }, (_, i) => {
    const z = loc + scale * (16 * ((i + 0.5) / points) - 8)
    const logQ = logNormal(z, loc, scale)
    const prior = u.reduce((sum, of) => sum + Math.exp(logNormal(z, slope * of + level, scale)) / u.length, 0)
    return [
      Math.log(prior) + logNormal(own, z, NOISE) - logQ,
      (Math.exp(logQ) * scale * 16) / points,
    ] as const
  })
}

const elbo = (point: Point): number =>
  x.reduce((total, own) => total + grid(point, own, 200).reduce((sum, [log, mass]) => sum + mass * log, 0), 0)
/** E log ½(w₁ + w₂) of two draws. */
const ofTwo = (point: Point): number =>
  x.reduce((total, own) => {
    const all = grid(point, own, 40)
    const over = (f: (of: readonly [number, number]) => number): number =>
      all.reduce((sum, of) => sum + of[1] * f(of), 0)
    return total + over(([a]) => over(([b]) => Math.log((Math.exp(a) + Math.exp(b)) / 2)))
  }, 0)

function differences(bound: (point: Point) => number, point: Point, name: keyof Point): readonly number[] {
  const h = 1e-5
  return point[name].map((own, i) => {
    const of = (step: number): number => bound({ ...point, [name]: point[name].with(i, own + step) })
    return (of(h) - of(-h)) / (2 * h)
  })
}

const declared = model('vamp')
  .param('a', real([3]), { init: [...at.a] })
  .param('u', real([2]), { init: [...at.u] })
  .plate('item', 'n', (item) =>
    item
      .latent('z', ({ a, u }) =>
        mixture({ probs: [0.5, 0.5] }, normal(add(mul(gather(a, 0), u), gather(a, 1)), exp(gather(a, 2)))),
      )
      .observed('x', ({ z }) => normal(z, NOISE)),
  )
const q = guide(declared)
  .shared('a')
  .param('v', real(), { init: 0.1 })
  .plate('item', 'n', (item) =>
    item.latent('z', ({ x: own, a, v }) =>
      normal(add(add(mul(gather(a, 0), own), gather(a, 1)), v), exp(gather(a, 2))),
    ),
  )

test.each<[Estimator, typeof elbo]>([
  [reparameterization(), elbo],
  [stickingTheLanding(), elbo],
  [scoreFunction(), elbo],
  [importanceWeighted({ particles: 2 }), ofTwo],
  [doublyReparameterized({ particles: 2 }), ofTwo],
  [vimco({ particles: 2 }), ofTwo],
])(
  'the mean gradient is that of the bound in what the model and q share: $name',
  async (estimator, bound) => {
    const repeats = 2000
    const { params } = await estimatorVariance(
      declared,
      { guide: q as never, estimator: estimator as never },
      { x },
      { seed: 0, repeats },
    )
    for (const name of ['a', 'u', 'v'] as const)
      differences(bound, at, name).forEach((expected, i) => {
        const { mean, variance } = params[name]!
        const error = Math.sqrt(variance.data[i]! / repeats)
        expect(Math.abs(mean.data[i]! - expected), `${name} ${i}`).toBeLessThan(4.5 * error + 1e-6)
        expect(error).toBeLessThan(0.5)
      })
  },
)

test('KL(q‖p) in closed form has the gradient by way of both', async () => {
  const single = model('single')
    .param('a', real([3]), { init: [...at.a] })
    .param('u', real(), { init: 1.5 })
    .plate('item', 'n', (item) =>
      item
        .latent('z', ({ a, u }) => normal(add(mul(gather(a, 0), u), gather(a, 1)), exp(gather(a, 2))))
        .observed('x', ({ z }) => normal(z, NOISE)),
    )
  const own = guide(single)
    .shared('a')
    .plate('item', 'n', (item) =>
      item.latent('z', ({ x: of, a }) => normal(add(mul(gather(a, 0), of), gather(a, 1)), exp(gather(a, 2)))),
    )
  const estimator = analyticKl(reparameterization())
  const { params } = await estimatorVariance(single, { guide: own, estimator }, { x }, { seed: 0 })
  const point = { ...at, u: [1.5], v: [0] }
  for (const name of ['a', 'u'] as const)
    differences(elbo, point, name).forEach((expected, i) => {
      const { mean, variance } = params[name]!
      const error = Math.sqrt(variance.data[i]! / 1000)
      expect(Math.abs(mean.data[i]! - expected), `${name} ${i}`).toBeLessThan(4.5 * error + 1e-6)
      expect(error).toBeLessThan(0.2)
    })
})

/** The same of a latent of two values: q(z = 1 | x) = σ(a₀·x + a₁). */
function ofValues({ a, u }: Point): number {
  const chance = (own: number): number => 1 / (1 + Math.exp(-(a[0]! * own + a[1]!)))
  const prior = u.reduce((sum, of) => sum + chance(of) / 2, 0)
  const terms = x.flatMap((own) => {
    const p = chance(own)
    return [
      p * (Math.log(prior) + logNormal(own, 1, NOISE) - Math.log(p)),
      (1 - p) * (Math.log(1 - prior) + logNormal(own, 0, NOISE) - Math.log(1 - p)),
    ]
  })
  return terms.reduce((sum, term) => sum + term)
}

const ofTwoValues = model('of two values')
  .param('a', real([2]), { init: [0.4, 0.3] })
  .param('u', real([2]), { init: [...at.u] })
  .plate('item', 'n', (item) =>
    item
      .latent('z', ({ a, u }) => {
        const chances = sigmoid(add(mul(gather(a, 0), u), gather(a, 1)))
        return bernoulli({ probs: mul(0.5, add(gather(chances, 0), gather(chances, 1))) })
      })
      .observed('x', ({ z }) => normal(z, NOISE)),
  )
const byLogits = guide(ofTwoValues)
  .shared('a')
  .plate('item', 'n', (item) =>
    item.latent('z', ({ x: own, a }) => bernoulli({ logits: add(mul(gather(a, 0), own), gather(a, 1)) })),
  )

test.each<[Estimator]>([
  [enumerated()],
  [scoreFunction({ particles: 2, baseline: leaveOneOut() })],
  [rebar()],
])('so it is of discrete latents: $name', async (estimator) => {
  const repeats = 2000
  const { params } = await estimatorVariance(
    ofTwoValues as never,
    { guide: byLogits as never, estimator: estimator as never },
    { x } as never,
    { seed: 0, repeats },
  )
  for (const name of ['a', 'u'] as const)
    differences(ofValues, { ...at, a: [0.4, 0.3] }, name).forEach((expected, i) => {
      const { mean, variance } = params[name]!
      const error = Math.sqrt(variance.data[i]! / repeats)
      expect(Math.abs(mean.data[i]! - expected), `${name} ${i}`).toBeLessThan(4.5 * error + 1e-7)
    })
})

const byNetwork = model('by network')
  .network('encoder', mlp([1, 2]))
  .param('u', real([2]), { init: [...at.u] })
  .plate('item', 'n', (item) =>
    item
      .latent('z', ({ encoder, u }) => {
        const numbers = encoder(reshape(u, [2, 1]))
        const [loc, log] = [0, 1].map((i) => reshape(slice(numbers, [0, i], [2, 1]), [2]))
        return mixture({ probs: [0.5, 0.5] }, normal(loc!, exp(log!)))
      })
      .observed('x', ({ z }) => normal(z, NOISE)),
  )

test('an encoder that is a network of the model is fitted by both', async () => {
  const { params } = await estimatorVariance(
    byNetwork,
    {
      family: conditional({ z: { from: 'x', network: 'encoder' } }),
      estimator: stickingTheLanding(),
      params: { 'encoder.0.weights': [[0.4], [0]], 'encoder.0.bias': [0.3, -0.2] },
    },
    { x },
    { seed: 0, repeats: 2000 },
  )
  const [slope, level, log] = differences(elbo, { ...at, v: [0] }, 'a') as [number, number, number]
  const found = [
    [params['encoder.0.weights']!, 0, slope],
    [params['encoder.0.bias']!, 0, level],
    [params['encoder.0.bias']!, 1, log],
  ] as const
  for (const [{ mean, variance }, i, expected] of found) {
    const error = Math.sqrt(variance.data[i]! / 2000)
    expect(Math.abs(mean.data[i]! - expected)).toBeLessThan(4.5 * error)
    expect(error).toBeLessThan(0.1)
  }
})

test('what moves q by another objective than the model is refused', async () => {
  const fit = bbvi(declared, { guide: q, estimator: reweightedWakeSleep({ particles: 2 }) })
  await expect(fit.fit({ x }, { seed: 0 })).rejects.toThrow(
    /reweightedWakeSleep moves q by another objective than the model, and "a" is read by both/,
  )
})

test.each([
  ['decoder', /network of "z": "decoder" is no network of model "by network": there are "encoder"/],
  ['u', /"u" is no network of model/],
])('an encoder by a name that is no network is refused: %s', async (network, message) => {
  const family = conditional({ z: { from: 'x', network } })
  await expect(bbvi(byNetwork, { family }).fit({ x }, { seed: 0 })).rejects.toThrow(message)
})

test('a network that gives another number of parameters is refused', async () => {
  const wide = model('wide')
    .network('encoder', mlp([1, 3]))
    .plate('item', 'n', (item) => item.latent('z', normal(0, 1)).observed('x', ({ z }) => normal(z, 1)))
  const family = conditional({ z: { from: 'x', network: 'encoder' } })
  await expect(bbvi(wide, { family }).fit({ x }, { seed: 0 })).rejects.toThrow(
    /network "encoder" gives 3 numbers, expected 2: .* 1 of loc and 1 of scale/,
  )
})

test('a derivative of the bound in it is that by way of both', async () => {
  // E_q[log N(z; m, 1) + log N(x; z, 1) − log N(z; m·x, 1)] = −½(m − m·x)² − ½(1 + (x − m·x)²) + constant.
  const means = model('means')
    .param('m', real())
    .latent('z', ({ m }) => normal(m, 1))
    .observed('x', ({ z }) => normal(z, 1))
  const near = guide(means)
    .shared('m')
    .latent('z', ({ m, x }) => normal(mul(m, x), 1))
  const [m, own] = [0.7, 1.6]
  const { gradient } = await boundOf(means, near, { particles: 2000 }).gradient({ m, x: own }, { seed: 0 })
  expect(Math.abs(gradient.m.at() - (-m * (1 - own) ** 2 + own * (own - m * own)))).toBeLessThan(0.02)
})
