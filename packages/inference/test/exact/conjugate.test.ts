import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { div, gather, log, mul, sqrt, sub, sum } from '@variate/core/ops'
import {
  bernoulli,
  beta,
  binomial,
  categorical,
  dirichlet,
  exponential,
  gamma,
  geometric,
  inverseGamma,
  multinomial,
  negativeBinomial,
  normal,
  poisson,
  uniform,
} from '@variate/distributions'
import { enumeration } from '@variate/inference'
import { model } from '@variate/language'
import oracle from './oracles/conjugate.json' with { type: 'json' }

let tensors: number
beforeEach(() => {
  tensors = tf.memory().numTensors
})
afterEach(() => {
  // oxlint-disable-next-line vitest/no-standalone-expect
  expect(tf.memory().numTensors, 'tensors left').toBe(tensors)
})

const { cases } = oracle

/** How far numbers are from what is expected, relative to that. */
function distance(got: number | ArrayLike<number>, expected: number | readonly number[]): number {
  const [all, others] = [typeof got === 'number' ? [got] : Array.from(got), [expected].flat()]
  if (all.length !== others.length) return Infinity
  return Math.max(...all.map((x, i) => Math.abs(x - others[i]!) / Math.max(1e-3, Math.abs(others[i]!))))
}

/** How many standard errors the mean of draws is off. */
function z(draws: ArrayLike<number>, mean: number, variance: number): number {
  const total = Array.from(draws).reduce((a, b) => a + b, 0)
  return Math.abs(total / draws.length - mean) / Math.sqrt(variance / draws.length)
}

interface Case {
  readonly logEvidence: number
  readonly mean: number | readonly number[]
  readonly variance: number | readonly number[]
}

const counts = (x: number | readonly number[]) => ({ x })

/** Models with one latent z. */
const pairs = {
  bernoulli: () =>
    enumeration(
      model('m')
        .latent('z', beta(2, 3))
        .plate('i', 'n', (i) => i.observed('x', ({ z: p }) => bernoulli({ probs: p }))),
    ).fit(counts(cases.bernoulli.x) as { x: number[] }),
  binomial: () =>
    enumeration(
      model('m')
        .latent('z', beta(0.5, 1.5))
        .observed('x', ({ z: p }) => binomial(12, { probs: p })),
    ).fit({ x: cases.binomial.x }),
  geometric: () =>
    enumeration(
      model('m')
        .latent('z', beta(2, 3))
        .plate('i', 'n', (i) => i.observed('x', ({ z: p }) => geometric({ probs: p }))),
    ).fit({ x: cases.geometric.x }),
  negativeBinomial: () =>
    enumeration(
      model('m')
        .latent('z', beta(2, 3))
        .plate('i', 'n', (i) => i.observed('x', ({ z: p }) => negativeBinomial(2.5, { probs: p }))),
    ).fit({ x: cases.negativeBinomial.x }),
  uniform: () =>
    enumeration(
      model('m')
        .latent('z', uniform(0, 1))
        .plate('i', 'n', (i) => i.observed('x', ({ z: p }) => bernoulli({ probs: p }))),
    ).fit({ x: cases.uniform.x }),
  poisson: () =>
    enumeration(
      model('m')
        .latent('z', gamma(2.5, 1.5))
        .plate('i', 'n', (i) => i.observed('x', ({ z: rate }) => poisson(rate))),
    ).fit({ x: cases.poisson.x }),
  poissonOnce: () =>
    enumeration(
      model('m')
        .latent('z', gamma(2.5, 1.5))
        .observed('x', ({ z: rate }) => poisson(rate)),
    ).fit({ x: cases.poissonOnce.x }),
  exponential: () =>
    enumeration(
      model('m')
        .latent('z', gamma(2, 2))
        .plate('i', 'n', (i) => i.observed('x', ({ z: rate }) => exponential(rate))),
    ).fit({ x: cases.exponential.x }),
  lomax: () =>
    enumeration(
      model('m')
        .latent('z', gamma(3, 2))
        .observed('x', ({ z: rate }) => exponential(rate)),
    ).fit({ x: cases.lomax.x }),
  gammaRate: () =>
    enumeration(
      model('m')
        .latent('z', gamma(2, 2))
        .plate('i', 'n', (i) => i.observed('x', ({ z: rate }) => gamma(3, rate))),
    ).fit({ x: cases.gammaRate.x }),
  exponentialPrior: () =>
    enumeration(
      model('m')
        .latent('z', exponential(0.5))
        .plate('i', 'n', (i) => i.observed('x', ({ z: rate }) => poisson(rate))),
    ).fit({ x: cases.exponentialPrior.x }),
  factor: () =>
    enumeration(
      model('m')
        .latent('z', gamma(2, 1))
        .factor('known', ({ z: rate }) => sub(mul(1.5, log(rate)), mul(0.25, rate)))
        .plate('i', 'n', (i) => i.observed('x', ({ z: rate }) => poisson(rate))),
    ).fit({ x: cases.factor.x }),
  large: () =>
    enumeration(
      model('m')
        .latent('z', gamma(0.01, 0.001))
        .plate('i', 'n', (i) => i.observed('x', ({ z: rate }) => poisson(rate))),
    ).fit({ x: cases.large.x }),
  categorical: () =>
    enumeration(
      model('m')
        .latent('z', dirichlet([0.5, 1, 2.5]))
        .plate('i', 'n', (i) => i.observed('x', ({ z: probs }) => categorical({ probs }))),
    ).fit({ x: cases.categorical.x }),
  multinomial: () =>
    enumeration(
      model('m')
        .latent('z', dirichlet([0.5, 1, 2.5]))
        .observed('x', ({ z: probs }) => multinomial(10, { probs })),
    ).fit({ x: cases.multinomial.x }),
  variance: () =>
    enumeration(
      model('m')
        .latent('z', inverseGamma(3, 2))
        .plate('i', 'n', (i) => i.observed('x', ({ z: v }) => normal(0.5, sqrt(v)))),
    ).fit({ x: cases.variance.x }),
  precision: () =>
    enumeration(
      model('m')
        .latent('z', gamma(3, 2))
        .plate('i', 'n', (i) => i.observed('x', ({ z: tau }) => normal(0.5, div(1, sqrt(tau))))),
    ).fit({ x: cases.precision.x }),
}

describe.each(Object.keys(pairs) as (keyof typeof pairs)[])('%s', (name) => {
  const own: Case = cases[name]

  test('has the evidence and the posterior of the closed form', async () => {
    const { logEvidence, posterior } = await pairs[name]()
    expect(distance(logEvidence, own.logEvidence)).toBeLessThan(1e-10)
    expect(distance(posterior.mean.z.data, [own.mean].flat())).toBeLessThan(1e-8)
    expect(distance(posterior.variance.z.data, [own.variance].flat())).toBeLessThan(1e-8)
  })

  test('draws have these moments', async () => {
    const { posterior } = await pairs[name]()
    const draws = (await posterior.sample(4000, { seed: 1 })).z
    const size = [own.mean].flat().length
    for (let i = 0; i < size; i++) {
      const mean = [own.mean].flat()[i]!
      const ofOne = Float64Array.from({ length: 4000 }, (_, draw) => draws.data[draw * size + i]!)
      expect(z(ofOne, mean, [own.variance].flat()[i]!)).toBeLessThan(4)
    }
  })
})

describe.each([1, 5, 40] as const)('a normal of unknown mean and variance, of %i points', (n) => {
  const own = cases[`normalInverseGamma${n}`]
  const byVariance = () =>
    model('m')
      .latent('v', inverseGamma(3, 4))
      .latent('mu', ({ v }) => normal(1, sqrt(mul(v, 2))))
      .plate('i', 'n', (i) => i.observed('x', ({ mu, v }) => normal(mu, sqrt(v))))
  const byPrecision = () =>
    model('m')
      .latent('v', gamma(3, 4))
      .latent('mu', ({ v }) => normal(1, sqrt(div(2, v))))
      .plate('i', 'n', (i) => i.observed('x', ({ mu, v }) => normal(mu, div(1, sqrt(v)))))

  test.each([
    ['variance', byVariance, own.variances],
    ['precision', byPrecision, own.precisions],
  ] as const)('by its %s: normal-inverse-gamma', async (_, made, ofV) => {
    const { logEvidence, posterior } = await enumeration(made()).fit({ x: own.x })
    expect(distance(logEvidence, own.logEvidence)).toBeLessThan(1e-10)
    expect(distance(posterior.mean.v.at(), ofV.mean)).toBeLessThan(1e-8)
    expect(distance(posterior.variance.v.at(), ofV.variance)).toBeLessThan(1e-8)
    expect(distance(posterior.mean.mu.data, own.mean)).toBeLessThan(1e-8)
    expect(distance(posterior.variance.mu.data, own.variance)).toBeLessThan(1e-8)
    const { mu, v } = await posterior.sample(4000, { seed: 2 })
    expect(z(mu.data, own.mean[0]!, own.variance[0]!)).toBeLessThan(4)
    expect(z(v.data, ofV.mean, ofV.variance)).toBeLessThan(4)
    // The mean is 1/2·log|…| away from the prior's by a t distribution: its distance in units of the variance is χ²(1).
    const scale = own.variance[0]! / own.variances.mean
    const distances = Float64Array.from(mu.data, (m, i) => {
      const variance = made === byVariance ? v.data[i]! : 1 / v.data[i]!
      return (m - own.mean[0]!) ** 2 / (scale * variance)
    })
    expect(z(distances, 1, 2)).toBeLessThan(4)
  })
})

test('a chain of normal states whose variances have an unknown common factor', async () => {
  const own = cases.chain
  const level = model('level')
    .latent('v', inverseGamma(2.5, 1))
    .markov('time', 'T', (step) =>
      step
        .latent(
          'z',
          ({ v }) => normal(0, sqrt(v)),
          ({ v }, previous) => normal(mul(0.9, previous.z), mul(0.3, sqrt(v))),
        )
        .observed('x', ({ z: state, v }) => normal(state, mul(0.5, sqrt(v)))),
    )
  const { logEvidence, posterior } = await enumeration(level).fit({ x: own.x })
  expect(distance(logEvidence, own.logEvidence)).toBeLessThan(1e-10)
  expect(distance(posterior.mean.v.at(), own.variances.mean)).toBeLessThan(1e-8)
  expect(distance(posterior.variance.v.at(), own.variances.variance)).toBeLessThan(1e-8)
  expect(distance(posterior.mean.z.data, own.mean)).toBeLessThan(1e-8)
  expect(distance(posterior.variance.z.data, own.variance)).toBeLessThan(1e-8)
  const { z: states } = await posterior.sample(2000, { seed: 0 })
  const last = Float64Array.from({ length: 2000 }, (_, i) => states.data[i * 6 + 5]!)
  expect(z(last, own.mean[5]!, own.variance[5]!)).toBeLessThan(4)
})

test('a linear regression of unknown variance', async () => {
  const own = cases.regression
  const regression = model('regression')
    .latent('v', inverseGamma(2.5, 1.5))
    .latent('w', ({ v }) => normal([0, 0], mul(2, sqrt(v))))
    .plate('row', 'n', (row) =>
      row.input('features').observed('x', ({ w, features, v }) => normal(sum(mul(w, features)), sqrt(v))),
    )
  const { logEvidence, posterior } = await enumeration(regression).fit({ x: own.x, features: own.design })
  expect(distance(logEvidence, own.logEvidence)).toBeLessThan(1e-10)
  expect(distance(posterior.mean.w.data, own.mean)).toBeLessThan(1e-8)
  expect(distance(posterior.variance.w.data, own.variance)).toBeLessThan(1e-8)
})

describe.each(cases.poissons.map((own) => [own.K, own.x.length, own] as const))(
  'a Bayesian mixture of %i Poisson distributions and %i counts',
  (K, n, own) => {
    const mixture = () =>
      model('poissons')
        .latent('weights', dirichlet(Array<number>(K).fill(1.5)))
        .plate('component', K, (k) => k.latent('rate', gamma(2, 0.5)))
        .plate('count', 'n', (i) =>
          i
            .latent('c', ({ weights }) => categorical({ probs: weights }))
            .observed('x', ({ rate, c }) => poisson(gather(rate, c))),
        )

    test('is that of all assignments', async () => {
      const { logEvidence, posterior } = await enumeration(mixture()).fit({ x: own.x })
      expect(distance(logEvidence, own.logEvidence)).toBeLessThan(1e-10)
      expect(distance(posterior.mean.rate.data, own.rate.mean)).toBeLessThan(1e-8)
      expect(distance(posterior.variance.rate.data, own.rate.variance)).toBeLessThan(1e-8)
      expect(distance(posterior.mean.weights.data, own.weights.mean)).toBeLessThan(1e-8)
      expect(distance(posterior.variance.weights.data, own.weights.variance)).toBeLessThan(1e-8)
      const { c, rate } = await posterior.sample(2000, { seed: 4 })
      const same = Float64Array.from({ length: 2000 }, (_, i) =>
        Number(c.data[i * n] === c.data[i * n + n - 1]),
      )
      expect(z(same, own.together, own.together * (1 - own.together))).toBeLessThan(4)
      const first = Float64Array.from({ length: 2000 }, (_, i) => rate.data[i * K]!)
      expect(z(first, own.rate.mean[0]!, own.rate.variance[0]!)).toBeLessThan(4)
    })
  },
)

test('a Bayesian mixture of normals whose means and variances are unknown', async () => {
  const own = cases.normals
  const mixture = model('normals')
    .plate('component', 2, (k) =>
      k.latent('v', inverseGamma(4, 2)).latent('mu', ({ v }) => normal(0, sqrt(mul(5, v)))),
    )
    .plate('point', 'n', (i) =>
      i
        .latent('c', categorical({ probs: [0.5, 0.5] }))
        .observed('x', ({ mu, v, c }) => normal(gather(mu, c), sqrt(gather(v, c)))),
    )
  const { logEvidence, posterior } = await enumeration(mixture).fit({ x: own.x })
  expect(distance(logEvidence, own.logEvidence)).toBeLessThan(1e-10)
  expect(distance(posterior.mean.mu.data, own.mu.mean)).toBeLessThan(1e-8)
  expect(distance(posterior.variance.mu.data, own.mu.variance)).toBeLessThan(1e-8)
  expect(distance(posterior.mean.v.data, own.v.mean)).toBeLessThan(1e-8)
  expect(distance(posterior.variance.v.data, own.v.variance)).toBeLessThan(1e-8)
  const { mu } = await posterior.sample(2000, { seed: 5 })
  const first = Float64Array.from({ length: 2000 }, (_, i) => mu.data[2 * i]!)
  expect(z(first, own.mu.mean[0]!, own.mu.variance[0]!)).toBeLessThan(4)
})

test('a hidden Markov chain whose rows of probabilities are unknown', async () => {
  const own = cases.states
  const chain = model('states')
    .plate('from', 2, (from) => from.input('prior').latent('row', ({ prior }) => dirichlet(prior)))
    .markov('time', 'T', (step) =>
      step
        .latent('z', categorical({ probs: [0.5, 0.5] }), ({ row }, previous) =>
          categorical({ probs: gather(row, previous.z) }),
        )
        .observed('x', ({ z: state }) => normal(mul(3, state), 1)),
    )
  const prior = [[3, 1], [1, 2]] // prettier-ignore
  const { logEvidence, posterior } = await enumeration(chain).fit({ x: own.x, prior })
  expect(distance(logEvidence, own.logEvidence)).toBeLessThan(1e-10)
  expect(distance(posterior.mean.row.data, own.rows.mean.flat())).toBeLessThan(1e-8)
  expect(distance(posterior.variance.row.data, own.rows.variance.flat())).toBeLessThan(1e-8)
  const second = own.x.map((_, t) => posterior.probabilities.z.at(t, 1))
  expect(distance(second, own.second)).toBeLessThan(1e-8)
})
