import '@tensorflow/tfjs-backend-cpu'
import { add, constant, mul, sum } from '@variate/core/ops'
import {
  bernoulli,
  categorical,
  dirichlet,
  halfNormal,
  multinomial,
  normal,
  oneHotCategorical,
} from '@variate/distributions'
import { automatic, enumerated, stickingTheLanding } from '@variate/estimators'
import { conditional, diagonalNormal, fullNormal, fullRank, meanField, perElement } from '@variate/families'
import { adam, bbvi, enumeration, schedules } from '@variate/inference'
import { mlp, model, positive } from '@variate/language'
import { expect, test } from 'vitest'

const NOISE = 0.5
const linear = model('linear').plate('item', 'n', (item) =>
  item.latent('z', normal(0, 1)).observed('x', ({ z }) => normal(z, NOISE)),
)
const x = [0.3, -1.2, 0.8, 2.1, -0.4, 1.5]
const settings = {
  estimator: stickingTheLanding({ particles: 2 }),
  optimizer: adam({ rate: schedules.cosineDecay({ start: 0.03, steps: 4000 }) }),
  steps: 4000,
  convergence: false,
} as const
const straight = (count = 1) => mlp([count, 4], { output: 'linear' })

const logNormal = (y: number, scale: number): number =>
  -0.5 * (y / scale) ** 2 - Math.log(scale) - 0.5 * Math.log(2 * Math.PI)
const total = (of: readonly number[]): number => of.reduce((a, b) => a + b, 0)

function near(got: ArrayLike<number>, wanted: readonly number[], tolerance: number): void {
  expect(got.length).toBe(wanted.length)
  wanted.forEach((own, i) => expect(Math.abs(got[i]! - own)).toBeLessThan(tolerance))
}

// z | x is N(x/(1 + s²), s²/(1 + s²)), and x is N(0, 1 + s²).
test.each([
  ['all data', {}],
  ['mini-batches', { item: 2 }],
])('a linear network is exact where posteriors are linear in data: %s', async (_, batch) => {
  const family = conditional({ z: { from: 'x', network: straight(), family: diagonalNormal() } })
  const algorithm = bbvi(linear, { ...settings, family, batch })
  const fit = await algorithm.fit({ x }, { seed: 0 })
  const spread = Math.sqrt(1 + NOISE ** 2)
  const evidence = (of: readonly number[]): number => total(of.map((own) => logNormal(own, spread)))
  expect((await enumeration(linear).fit({ x })).logEvidence).toBeCloseTo(evidence(x), 8)
  expect(Math.abs(fit.elbo - evidence(x))).toBeLessThan(1e-3)
  near(
    fit.posterior.mean.z.data,
    x.map((own) => own / (1 + NOISE ** 2)),
    1e-2,
  )
  near(fit.posterior.variance.z.data, Array(6).fill(NOISE ** 2 / (1 + NOISE ** 2)), 1e-2)
  // The network is of no data in particular.
  const fresh = [1, -1, 0.5, 0]
  const told = await algorithm.load(fit.toBytes(), { x: fresh })
  expect(Math.abs(told.elbo - evidence(fresh))).toBeLessThan(1e-2)
  near(
    told.posterior.mean.z.data,
    fresh.map((own) => own / (1 + NOISE ** 2)),
    1e-2,
  )
})

test('a network and heads that are given full covariances have that of each posterior', async () => {
  const pairs = model('pairs').plate('item', 'n', (item) =>
    item
      .latent('z', normal([0, 0], 1))
      .observed('x', ({ z }) => normal(add(mul(z, constant([1, 0.5])), sum(z, -1, true)), NOISE)),
  )
  const data = { x: x.map((own, i) => [own, Math.cos(3 * i)]) }
  // A = [[2, 1], [1, 1.5]]: the posterior is N(ΣAᵀx/s², Σ), Σ⁻¹ = I + AᵀA/s²; x is N(0, AAᵀ + s²I).
  const [a, b, d] = [1 + 5 / NOISE ** 2, 3.5 / NOISE ** 2, 1 + 3.25 / NOISE ** 2]
  const determinant = a * d - b * b
  const family = conditional({ z: { from: 'x', network: straight(2), family: fullNormal() } })
  const fit = await bbvi(pairs, { ...settings, family, batch: { item: 3 } }).fit(data, { seed: 0 })
  const means = data.x.flatMap(([u, v]) => {
    const [p, q] = [(2 * u! + v!) / NOISE ** 2, (u! + 1.5 * v!) / NOISE ** 2]
    return [(d * p - b * q) / determinant, (a * q - b * p) / determinant]
  })
  near(fit.posterior.mean.z.data, means, 1e-2)
  const covariance = fit.posterior.covariance('z')
  near(
    [0, 1, 13].map((i) => covariance.data[i]!),
    [d, -b, a].map((own) => own / determinant),
    5e-3,
  )
  const [e, f, g] = [5 + NOISE ** 2, 3.5, 3.25 + NOISE ** 2]
  const size = e * g - f * f
  const evidence = data.x.map(
    ([u, v]) =>
      -0.5 * ((g * u! * u! - 2 * f * u! * v! + e * v! * v!) / size) -
      0.5 * Math.log(size) -
      Math.log(2 * Math.PI),
  )
  expect(Math.abs(fit.elbo - total(evidence))).toBeLessThan(2e-3)
})

test('a network reads several data, those of some plates for each element of the others', async () => {
  const groups = model('groups')
    .latent('shift', normal(0, 1))
    .observed('w', ({ shift }) => normal(shift, 1))
    .plate('item', 3, (item) => item.input('v'))
    .plate('group', 'g', (group) =>
      group
        .input('u')
        .plate('item', 3, (item) =>
          item.latent('z', normal(0, 1)).observed('x', ({ z, u, v }) => normal(add(z, add(u, v)), NOISE)),
        ),
    )
  const u = [1, -2]
  const v = [0.5, 0, -1]
  const rows = [x.slice(0, 3), x.slice(3)]
  const family = conditional({ z: { from: ['x', 'u', 'v'], network: straight(3) } }, meanField())
  const fit = await bbvi(groups, { ...settings, family, batch: { group: 1, item: 2 } }).fit(
    { u, v, x: rows, w: 0.6 },
    { seed: 0 },
  )
  const left = rows.flatMap((row, i) => row.map((own, j) => own - u[i]! - v[j]!))
  expect(fit.posterior.mean.z.shape).toEqual([2, 3])
  near(
    fit.posterior.mean.z.data,
    left.map((own) => own / (1 + NOISE ** 2)),
    1e-2,
  )
  near(fit.posterior.mean.shift.data, [0.3], 1e-2)
  const evidence =
    logNormal(0.6, Math.SQRT2) + total(left.map((own) => logNormal(own, Math.sqrt(1 + NOISE ** 2))))
  expect(Math.abs(fit.elbo - evidence)).toBeLessThan(2e-3)
})

test('parameters of the model are fitted with it', async () => {
  const spreads = model('spreads')
    .param('spread', positive())
    .plate('item', 'n', (item) =>
      item.latent('z', ({ spread }) => normal(0, spread)).observed('x', ({ z }) => normal(z, NOISE)),
    )
  const family = conditional({ z: { from: 'x', network: straight() } })
  const fit = await bbvi(spreads, { ...settings, family }).fit({ x }, { seed: 0 })
  const wanted = Math.sqrt(total(x.map((own) => own ** 2)) / x.length - NOISE ** 2)
  expect(Math.abs(fit.params.spread.data[0]! - wanted)).toBeLessThan(1e-2)
})

test('a latent in no plate has a network of data in none', async () => {
  const one = model('one')
    .latent('z', normal(0, 1))
    .observed('x', ({ z }) => normal(z, constant([NOISE, 1])))
  const family = conditional({ z: { from: 'x', network: straight(2) } })
  const fit = await bbvi(one, { ...settings, family }).fit({ x: [1, 2] }, { seed: 0 })
  const precision = 1 + NOISE ** -2 + 1
  near(fit.posterior.mean.z.data, [(1 / NOISE ** 2 + 2) / precision], 1e-3)
  expect(Math.abs(fit.posterior.variance.z.data[0]! - 1 / precision)).toBeLessThan(1e-3)
})

// With a linear decoder x is N(b, w² + s²), and its likelihood has its maximum at the mean and the variance of the data.
test('a network of the model is fitted with it', async () => {
  const decoded = model('decoded')
    .network('decoder', mlp([1, 1]))
    .plate('item', 'n', (item) =>
      item.latent('z', normal([0], 1)).observed('x', ({ z, decoder }) => normal(decoder(z), NOISE)),
    )
  const family = conditional({ z: { from: 'x', network: straight() } })
  // Gradients of the decoder are noisy at the optimum, too.
  const estimator = stickingTheLanding({ particles: 32 })
  const fit = await bbvi(decoded, { ...settings, estimator, family }).fit(
    { x: x.map((own) => [own]) },
    { seed: 0 },
  )
  const mean = total(x) / x.length
  const variance = total(x.map((own) => (own - mean) ** 2)) / x.length
  const greatest = total(x.map((own) => logNormal(own - mean, Math.sqrt(variance))))
  expect(Math.abs(fit.elbo - greatest)).toBeLessThan(2e-3)
})

const positives = model('positives').plate('item', 'n', (item) =>
  item.latent('z', halfNormal(2)).observed('x', ({ z }) => normal(z, NOISE)),
)
const shares = model('shares').plate('item', 'n', (item) =>
  item.latent('z', dirichlet([2, 1, 3])).observed('x', ({ z }) => multinomial(6, { probs: z })),
)
const counts = [
  [3, 2, 1],
  [0, 1, 5],
  [4, 0, 2],
]

// A network with more units than data leaves each element the q that it would have by itself.
test.each([
  ['positive numbers', positives, { x: [0.4, 1.5, 3] }, 1, meanField(), diagonalNormal()],
  ['probabilities', shares, { x: counts }, 3, perElement('item', fullRank()), fullNormal()],
] as const)(
  'it is as good as q of each element by itself: %s',
  async (_, program, data, size, single, head) => {
    const how = { ...settings, estimator: stickingTheLanding({ particles: 8 }) } as const
    const network = mlp([size, 16], { output: 'tanh' })
    const family = conditional({ z: { from: 'x', network, family: head } })
    const [own, shared] = [
      await bbvi(program as never, { ...how, family: single } as never).fit(data as never, { seed: 0 }),
      await bbvi(program as never, { ...how, family } as never).fit(data as never, { seed: 0 }),
    ] as unknown as Awaited<ReturnType<ReturnType<typeof bbvi>['fit']>>[]
    expect(Math.abs(shared!.elbo - own!.elbo)).toBeLessThan(
      4 * Math.hypot(own!.standardError, shared!.standardError),
    )
    const [{ z: apart }, { z: together }] = [own!.posterior.mean, shared!.posterior.mean] as never as [
      Record<string, { data: Float64Array }>,
      Record<string, { data: Float64Array }>,
    ]
    near(together!.data, Array.from(apart!.data), 0.03)
  },
)

// Log odds of c given x are log p_c + c·x − c²/2, up to a constant: linear in x.
const probs = [0.2, 0.5, 0.3]
test.each([
  [
    'bernoulli',
    model('coins').plate('item', 'n', (item) =>
      item.latent('c', bernoulli({ probs: 0.3 })).observed('x', ({ c }) => normal(c, 1)),
    ),
    [0.7, 0.3],
    enumerated(),
  ],
  [
    'categorical',
    model('kinds').plate('item', 'n', (item) =>
      item.latent('c', categorical({ probs })).observed('x', ({ c }) => normal(c, 1)),
    ),
    probs,
    automatic(),
  ],
  [
    'oneHotCategorical',
    model('places').plate('item', 'n', (item) =>
      item
        .latent('c', oneHotCategorical({ probs }))
        .observed('x', ({ c }) => normal(sum(mul(c, constant([0, 1, 2]))), 1)),
    ),
    probs,
    enumerated(),
  ],
])('discrete latents have log odds by a network: %s', async (_, program, prior, estimator) => {
  const family = conditional({ c: { from: 'x', network: straight() } })
  const fit = await bbvi(program as never, { ...settings, estimator, family } as never).fit({ x } as never, {
    seed: 0,
  })
  const joint = x.map((own) => prior.map((p, c) => p * Math.exp(logNormal(own - c, 1))))
  expect(Math.abs(fit.elbo - total(joint.map((own) => Math.log(total(own)))))).toBeLessThan(1e-3)
  const { c } = fit.posterior.probabilities as Record<string, { data: Float64Array }>
  near(
    c!.data,
    joint.flatMap((own) => own.map((p) => p / total(own))),
    1e-3,
  )
})

test('a fit that is saved and gone on from is that which was not stopped', async () => {
  const family = conditional({ z: { from: 'x', network: mlp([1, 5]) } })
  const algorithm = bbvi(linear, { family, batch: { item: 2 }, steps: 3000, convergence: false })
  const whole = await algorithm.fit({ x }, { seed: 3 })
  const stop = new AbortController()
  const first = await algorithm.fit(
    { x },
    { seed: 3, signal: stop.signal, onProgress: ({ step }) => step > 100 && stop.abort() },
  )
  expect(first.termination.kind).toBe('aborted')
  expect(first.history.length).toBeLessThan(3000)
  const second = await algorithm.fit({ x }, { from: first.toBytes() })
  expect(second.history).toEqual(whole.history)
  expect(second.elbo).toBe(whole.elbo)
  const loaded = await algorithm.load(second.toBytes(), { x })
  expect(loaded.elbo).toBe(whole.elbo)
  expect(loaded.posterior.mean.z.data).toEqual(whole.posterior.mean.z.data)
})
