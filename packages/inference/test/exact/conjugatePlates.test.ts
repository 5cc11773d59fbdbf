import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { add, exp, gather, greater, log, maximum, mul, pow, sqrt, where } from '@variate/core/ops'
import {
  bernoulli,
  beta,
  categorical,
  dirichlet,
  exponential,
  gamma,
  halfNormal,
  inverseGamma,
  logNormal,
  normal,
  poisson,
  uniform,
} from '@variate/distributions'
import { enumeration } from '@variate/inference'
import { model } from '@variate/language'

let tensors: number
beforeEach(() => {
  tensors = tf.memory().numTensors
})
afterEach(() => {
  // oxlint-disable-next-line vitest/no-standalone-expect
  expect(tf.memory().numTensors, 'tensors left').toBe(tensors)
})

/** log Γ of whole numbers and halves. */
function logGamma(x: number): number {
  if (x === 0.5) return 0.5 * Math.log(Math.PI)
  return x === 1 ? 0 : Math.log(x - 1) + logGamma(x - 1)
}

const normalizer = (a: number, b: number): number => logGamma(a) - a * Math.log(b)

test('a rate that a plate reads whole, of another plate: its posterior is that of all counts', async () => {
  const shared = model('shared')
    .plate('kind', 3, (k) => k.latent('rate', gamma(2, 1)))
    .plate('place', 'n', (i) => i.observed('x', ({ rate }) => poisson(gather(rate, 1))))
  const { logEvidence, posterior } = await enumeration(shared).fit({ x: [2, 0, 5, 1] })
  const factorials = Math.log(2) + Math.log(120)
  expect(logEvidence).toBeCloseTo(normalizer(10, 5) - normalizer(2, 1) - factorials, 10)
  expect(posterior.mean.rate.toNested()).toEqual([
    expect.closeTo(2, 9),
    expect.closeTo(2, 9),
    expect.closeTo(2, 9),
  ])
  expect(posterior.variance.rate.at(1)).toBeCloseTo(10 / 25, 9)
  expect(posterior.variance.rate.at(2)).toBeCloseTo(2, 9)
})

test('two latents in each element of a plate, and one of numbers of its own', async () => {
  const two = model('two').plate('g', 'n', (g) =>
    g
      .latent('rate', gamma([2, 3], 1))
      .latent('p', beta(1, 1))
      .observed('x', ({ rate }) => poisson(rate))
      .observed('y', ({ p }) => bernoulli({ probs: p })),
  )
  const { logEvidence, posterior } = await enumeration(two).fit({ x: [[1, 0], [4, 2], [0, 1]], y: [1, 0, 1] }) // prettier-ignore
  const expected = [[1, 2], [0, 3], [4, 2], [2, 3], [0, 2], [1, 3]] // prettier-ignore
  const own = expected.map(([x, a]) => normalizer(a! + x!, 2) - normalizer(a!, 1) - logGamma(x! + 1))
  expect(logEvidence).toBeCloseTo(
    own.reduce((a, b) => a + b, 3 * Math.log(1 / 2)),
    10,
  )
  expect(posterior.mean.rate.shape).toEqual([3, 2])
  for (const [i, [x, a]] of expected.entries())
    expect(posterior.mean.rate.data[i]).toBeCloseTo((a! + x!) / 2, 9)
  expect(posterior.mean.p.at(1)).toBeCloseTo(1 / 3, 9)
  expect((await posterior.sample(5, { seed: 0 })).rate.shape).toEqual([5, 3, 2])
})

test('some latents of a model are normal, others of exponential families, each in plates of their own', async () => {
  const both = model('both')
    .plate('g', 2, (g) =>
      g
        .latent('mu', normal(0, 2))
        .latent('rate', gamma(2, 1))
        .observed('x', ({ mu }) => normal(mu, 1))
        .observed('n', ({ rate }) => poisson(rate)),
    )
    .latent('v', inverseGamma(3, 2))
    .latent('shift', ({ v }) => normal(0, sqrt(v)))
    .observed('y', ({ shift, v }) => normal(shift, sqrt(v)))
  const { logEvidence, posterior } = await enumeration(both).fit({ x: [1, -2], n: [3, 0], y: 2 })
  const ofX = [1, -2].map((x) => -0.5 * ((x * x) / 5 + Math.log(2 * Math.PI * 5)))
  const ofN = [3, 0].map((n) => normalizer(2 + n, 2) - normalizer(2, 1) - logGamma(n + 1))
  // y given v is N(0, 2v).
  const ofY = normalizer(3.5, 2 + 1) - normalizer(3, 2) - 0.5 * Math.log(4 * Math.PI)
  expect(logEvidence).toBeCloseTo(
    [...ofX, ...ofN].reduce((a, b) => a + b, ofY),
    10,
  )
  expect(posterior.mean.mu.at(1)).toBeCloseTo(-1.6, 9)
  expect(posterior.variance.mu.at(1)).toBeCloseTo(0.8, 9)
  expect(posterior.mean.shift.at()).toBeCloseTo(1, 9)
  expect(posterior.variance.shift.at()).toBeCloseTo((0.5 * 3) / 2.5, 9)
})

test('a normal latent that is predicted: its variance is more than a multiple of the unknown one', async () => {
  const predicted = model('predicted')
    .latent('v', inverseGamma(3, 2))
    .latent('mu', ({ v }) => normal(1, sqrt(v)))
    .observed('x', ({ mu, v }) => normal(mu, sqrt(v)))
    .latent('next', ({ mu, v }) => normal(add(mu, mul(3, v)), 1))
  const { logEvidence, posterior } = await enumeration(predicted).fit({ x: 2 })
  const [a, b] = [3.5, 2 + 0.25]
  expect(logEvidence).toBeCloseTo(normalizer(a, b) - normalizer(3, 2) - 0.5 * Math.log(4 * Math.PI), 10)
  const [mean, variance] = [b / (a - 1), b ** 2 / ((a - 1) ** 2 * (a - 2))]
  expect(posterior.mean.next.at()).toBeCloseTo(1.5 + 3 * mean, 9)
  expect(posterior.variance.next.at()).toBeCloseTo(1 + mean / 2 + 9 * variance, 8)
  const { next } = await posterior.sample(4000, { seed: 1 })
  const drawn = (next.data as Float64Array).reduce((total, x) => total + x, 0) / 4000
  const spread = Math.sqrt(posterior.variance.next.at() / 4000)
  expect(Math.abs(drawn - posterior.mean.next.at()) / spread).toBeLessThan(4)
})

test('observations that are missing count nothing, and deterministic sites are seen through', async () => {
  const seen = model('seen')
    .latent('rate', gamma(2, 1))
    .deterministic('double', ({ rate }) => mul(2, rate))
    .plate('i', 'n', (i) => i.observed('x', ({ double }) => poisson(double)))
  const { logEvidence, posterior } = await enumeration(seen).fit({ x: [3, null, 1] })
  expect(logEvidence).toBeCloseTo(4 * Math.LN2 + normalizer(6, 5) - normalizer(2, 1) - Math.log(6), 10)
  expect(posterior.mean.rate.at()).toBeCloseTo(6 / 5, 9)
})

test('far from 0 nothing is lost of a normal distribution of unknown variance', async () => {
  const at = (offset: number) => {
    const shifted = model('shifted')
      .latent('v', inverseGamma(3, 2))
      .latent('mu', ({ v }) => normal(offset, sqrt(v)))
      .plate('i', 'n', (i) => i.observed('x', ({ mu, v }) => normal(mu, sqrt(v))))
    return enumeration(shifted).fit({ x: [0.5, 1.25, -0.75, 2].map((x) => x + offset) })
  }
  const [near, far] = [await at(0), await at(2 ** 20)]
  expect(far.logEvidence).toBeCloseTo(near.logEvidence, 9)
  expect(far.posterior.mean.v.at()).toBeCloseTo(near.posterior.mean.v.at(), 8)
  expect(far.posterior.mean.mu.at() - 2 ** 20).toBeCloseTo(near.posterior.mean.mu.at(), 8)
  expect(far.posterior.variance.mu.at()).toBeCloseTo(near.posterior.variance.mu.at(), 8)
})

test('moments that are infinite are told as that, and what cannot be has weight 0', async () => {
  const wide = model('wide')
    .latent('v', inverseGamma(1, 1))
    .latent('mu', ({ v }) => normal(0, sqrt(v)))
    .observed('x', ({ mu, v }) => normal(mu, sqrt(v)))
  const { posterior } = await enumeration(wide).fit({ x: 1 })
  expect(posterior.mean.v.at()).toBeCloseTo(1.25 / 0.5, 9)
  expect(posterior.variance.v.at()).toBe(Infinity)
  expect(posterior.variance.mu.at()).toBeCloseTo(0.5 * 2.5, 9)
  const switched = model('switched')
    .latent('rate', gamma(2, 1))
    .latent('c', bernoulli({ probs: 0.5 }))
    .observed('x', ({ rate, c }) => poisson(mul(rate, c)))
  const exact = await enumeration(switched).fit({ x: 3 })
  expect(exact.posterior.probabilities.c.toNested()).toEqual([0, 1])
  expect(exact.posterior.mean.rate.at()).toBeCloseTo(2.5, 9)
})

test('a standard deviation, a power and a scale of exponential families', async () => {
  const scaled = model('scaled')
    .latent('median', logNormal(0.5, 2))
    .plate('i', 'n', (i) => i.observed('x', ({ median }) => logNormal(log(median), 0.5)))
  const x = [1.5, 2.5, 4]
  const { logEvidence, posterior } = await enumeration(scaled).fit({ x })
  const logs = x.map((value) => Math.log(value))
  const precision = 1 / 4 + 3 / 0.25
  const loc = (0.5 / 4 + logs.reduce((a, b) => a + b) / 0.25) / precision
  expect(posterior.mean.median.at()).toBeCloseTo(Math.exp(loc + 0.5 / precision), 9)
  let [mean, variance, evidence] = [0.5, 4, 0]
  for (const value of logs) {
    evidence +=
      -0.5 * ((value - mean) ** 2 / (variance + 0.25) + Math.log(2 * Math.PI * (variance + 0.25))) - value
    ;[mean, variance] = [(mean / variance + value / 0.25) / (1 / variance + 4), 1 / (1 / variance + 4)]
  }
  expect(logEvidence).toBeCloseTo(evidence, 10)
  const half = model('half')
    .latent('s', halfNormal(2))
    .factor('known', ({ s }) => mul(-1, pow(s, 2)))
  const folded = await enumeration(half).fit({})
  expect(folded.logEvidence).toBeCloseTo(-0.5 * Math.log(4) + 0.5 * Math.log(1 / (1 / 4 + 2)), 10)
})

describe('what is not conjugate is refused', () => {
  test('a latent of no family is named, with the families', async () => {
    const rate = model('m')
      .latent('rate', gamma(2, 1))
      .observed('x', ({ rate: own }) => poisson(exp(own)))
    await expect(enumeration(rate).fit({ x: 3 })).rejects.toThrow('the log joint is not conjugate in "rate"')
    await expect(enumeration(rate).fit({ x: 3 })).rejects.toThrow('none of gamma, inverseGamma, logNormal')
    const conditioned = await enumeration(rate.condition({ rate: 1 })).fit({ x: 3 })
    expect(conditioned.logEvidence).toBeCloseTo(-1 + 3 - Math.E - Math.log(6), 9)
  })

  test('two latents that depend on each other are named', async () => {
    const product = model('m')
      .latent('a', gamma(2, 1))
      .latent('b', gamma(2, 1))
      .observed('x', ({ a, b }) => poisson(mul(a, b)))
    await expect(enumeration(product).fit({ x: 3 })).rejects.toThrow(
      'no sum of functions of each of "a" and "b"',
    )
  })

  test('a latent that data cut off is not taken for one of the whole domain', async () => {
    const cut = model('m')
      .latent('top', gamma(4, 1))
      .observed('x', ({ top }) => uniform(0, top))
    await expect(enumeration(cut).fit({ x: 0.001 })).rejects.toThrow(/conjugate in "top"/)
  })

  test.each([
    ['a rate that is at least something', (rate: tf.Tensor) => maximum(rate, 0.01)],
    ['a rate with something added', (rate: tf.Tensor) => add(rate, 1e-4)],
    [
      'a rate that is another one far away',
      (rate: tf.Tensor) => where(greater(rate, 1000), mul(2, rate), rate),
    ],
  ])('%s', async (_, of) => {
    const wrong = model('m')
      .latent('rate', gamma(2, 1))
      .observed('x', ({ rate }) => poisson(of(rate) as tf.Tensor))
    await expect(enumeration(wrong).fit({ x: 3 })).rejects.toThrow('"rate"')
  })

  test('variances of which only one is common are not', async () => {
    const apart = model('m')
      .latent('v', inverseGamma(3, 2))
      .latent('mu', normal(0, 1))
      .plate('i', 'n', (i) => i.observed('x', ({ mu, v }) => normal(mu, sqrt(v))))
    await expect(enumeration(apart).fit({ x: [1, 2] })).rejects.toThrow(
      'the log joint is not conjugate in "v"',
    )
  })

  test('a density without an integral', async () => {
    const improper = model('m')
      .latent('rate', exponential(1))
      .factor('pull', ({ rate }) => mul(2, rate))
    await expect(enumeration(improper).fit({})).rejects.toThrow(
      'the density of "rate" given the data has no integral',
    )
  })
})

test('a Dirichlet distribution of weights that are summed over, and a plate of words', async () => {
  const topics = model('topics')
    .plate('topic', 2, (k) => k.latent('words', dirichlet([1, 1, 1])))
    .plate('token', 'n', (i) =>
      i
        .latent('topic', categorical({ probs: [0.5, 0.5] }))
        .observed('word', ({ words, topic }) => categorical({ probs: gather(words, topic) })),
    )
  const word = [0, 0, 2]
  const { logEvidence, posterior } = await enumeration(topics).fit({ word })
  // All assignments: ∏ over topics of 2!·∏ counts! / (2 + own)!.
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1))
  let total = 0
  for (let bits = 0; bits < 8; bits++) {
    let product = 1 / 8
    for (const k of [0, 1]) {
      const own = word.filter((_, i) => ((bits >> i) & 1) === k)
      const counts = [0, 1, 2].map((value) => own.filter((x) => x === value).length)
      product *= (2 * counts.reduce((sum, count) => sum * factorial(count), 1)) / factorial(2 + own.length)
    }
    total += product
  }
  expect(logEvidence).toBeCloseTo(Math.log(total), 10)
  expect(posterior.mean.words.shape).toEqual([2, 3])
})
