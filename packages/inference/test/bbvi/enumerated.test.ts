import '@tensorflow/tfjs-backend-cpu'
import { NdArray } from '@variate/core'
import { add, mul, sub, sum } from '@variate/core/ops'
import { bernoulli, normal, poisson } from '@variate/distributions'
import { enumerated } from '@variate/estimators'
import { guideFamily, type Family } from '@variate/families'
import { guide, model, real } from '@variate/language'
import { expect, test } from 'vitest'
import { structureOf } from '../../src/bbvi/problemOf.ts'
import {
  cases,
  difference,
  estimated,
  exactly,
  moments,
  paramsOf,
  scalar,
  settingOf,
  type Case,
  type Gradient,
} from './estimates.ts'

const coin = bernoulli({ probs: 0.3 })
const coupled = cases['two latents in one term']!.model
const mixed = model('mixed')
  .latent('mu', normal(0, 2))
  .plate('i', 3, (i) => i.latent('c', coin).observed('x', ({ mu, c }) => normal(add(mu, mul(2, c)), 1)))
const below = model('below')
  .latent('c', coin)
  .latent('u', ({ c }) => normal(sub(mul(2, c), 1), 1))
  .observed('x', ({ u }) => normal(u, 1))
const drawnBelow = guide(below)
  .param('a', real())
  .param('d', real())
  .param('e', real())
  .latent('c', ({ a }) => bernoulli({ logits: a }))
  .latent('u', ({ c, d, e }) => normal(add(d, mul(e, c)), 1))

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))

test.each(Object.entries(cases))('%s: the gradient is that of the sum over all combinations', (_, own) => {
  const setting = settingOf(own)
  const exact = exactly(setting, own.latents)
  expect(difference(estimated(setting, 0), exact)).toBeLessThan(1e-10)
  expect(difference(estimated(setting, 1), exact)).toBeLessThan(1e-10)
})

test('one Bernoulli latent: the closed form', () => {
  const setting = settingOf(cases['one Bernoulli latent']!)
  const odds = Object.values(paramsOf(setting))[0]!.at()
  const q = 1 / (1 + Math.exp(-odds))
  const log = (c: number) =>
    Math.log(c === 1 ? 0.3 : 0.7) - 0.5 * (0.8 - c) ** 2 - 0.5 * Math.log(2 * Math.PI)
  const bound = q * (log(1) - Math.log(q)) + (1 - q) * (log(0) - Math.log(1 - q))
  const slope = q * (1 - q) * (log(1) - log(0) - odds)
  const got = estimated(setting)
  expect(got.value).toBeCloseTo(bound, 12)
  expect(got.guide['c.logits']!.at()).toBeCloseTo(slope, 12)
})

test('step by step it is the same as compiled, to single precision', () => {
  for (const name of [
    'a chain',
    'two latents in one term',
    'plates that cross, and one that is read whole',
  ]) {
    const setting = settingOf(cases[name]!)
    expect(difference(estimated(setting, 0, new Map(), {}, true), estimated(setting))).toBeLessThan(1e-4)
  }
})

test('mini-batches: the mean over all of them is the gradient', () => {
  const own = cases['a global latent that is read in a plate']!
  const setting = settingOf(own)
  const exact = exactly(setting, own.latents)
  const parts = [
    [0, 1],
    [0, 2],
    [1, 2],
  ].map((rows) => estimated(setting, 0, new Map([['i', 2]]), { i: new NdArray(Int32Array.from(rows), [2]) }))
  const mean = (f: (part: Gradient) => number): number =>
    parts.reduce((total, part) => total + f(part) / parts.length, 0)
  const guide = Object.fromEntries(
    Object.entries(exact.guide).map(([name, { data, shape }]) => [
      name,
      new NdArray(
        Float64Array.from(data, (_, i) => mean((part) => part.guide[name]!.data[i]!)),
        shape,
      ),
    ]),
  )
  expect(difference({ value: mean(({ value }) => value), guide }, exact)).toBeLessThan(1e-10)
})

test('with continuous latents: the mean of the gradients is the gradient, and all noise is that of these', () => {
  const x = [0.5, 3, -1]
  const odds = [0.3, -0.7, 1.1]
  const [m, s] = [0.4, 0.6]
  const setting = settingOf({ model: mixed, data: { x } })
  const got = moments(
    setting,
    {
      'mu.loc': scalar(m),
      'mu.logScale': scalar(Math.log(s)),
      'c.logits': new NdArray(Float64Array.from(odds), [3]),
    },
    20_000,
  )
  const near = ({ mean, error }: { mean: number; error: number }, exact: number): void =>
    expect(Math.abs(mean - exact)).toBeLessThan(4 * error)
  const q = odds.map(sigmoid)
  near(got['mu.loc']![0]!, -m / 4 + x.reduce((total, own, i) => total + own - m - 2 * q[i]!, 0))
  near(got['mu.logScale']![0]!, 1 - s ** 2 / 4 - 3 * s ** 2)
  for (const [i, own] of x.entries()) {
    const slope = q[i]! * (1 - q[i]!)
    const gain = Math.log(0.3 / 0.7) + 2 * (own - m) - 2 - odds[i]!
    near(got['c.logits']![i]!, slope * gain)
    // Of 2(x − μ), μ ~ N(m, s²).
    expect(got['c.logits']![i]!.variance / (2 * s * slope) ** 2).toBeCloseTo(1, 1)
  }
})

test('continuous latents that are drawn with discrete ones are drawn for each of their values', () => {
  const [x, a, d, e] = [0.7, 0.4, -0.5, 1.2]
  const setting = settingOf({ model: below, family: guideFamily(drawnBelow) as Family, data: { x } })
  const got = moments(setting, { a: scalar(a), d: scalar(d), e: scalar(e) }, 20_000)
  const q = [1 - sigmoid(a), sigmoid(a)]
  const at = [0, 1].map((c) => d + e * c)
  const prior = [-1, 1]
  const slopes = at.map((u, c) => prior[c]! - u + (x - u))
  const value = at.map(
    (u, c) => Math.log(c === 1 ? 0.3 : 0.7) - 0.5 * (u - prior[c]!) ** 2 - 0.5 * (x - u) ** 2,
  )
  const exact = {
    a: q[0]! * q[1]! * (value[1]! - value[0]! - a),
    d: q[0]! * slopes[0]! + q[1]! * slopes[1]!,
    e: q[1]! * slopes[1]!,
  }
  for (const [name, gradient] of Object.entries(exact)) {
    const { mean, error } = got[name]![0]!
    expect(Math.abs(mean - gradient)).toBeLessThan(4 * error)
  }
})

test('what cannot be summed is refused, with the names and the reason', () => {
  const refused = (own: Omit<Case, 'latents'>, limit?: number) => () =>
    enumerated(limit ? { limit } : {}).init(structureOf(settingOf(own), new Map()), 'test')
  const whole = model('whole')
    .plate('i', 20, (i) => i.latent('c', coin))
    .observed('y', ({ c }) => normal(sum(c), 1))
  expect(refused({ model: whole, data: { y: 3 } })).toThrow(
    'test: enumerated: "y" is a sum over 1,048,576 combinations: "c" of 2 values, in all 20 elements of "i" together: the limit ' +
      'is 4,096: use scoreFunction() or automatic()',
  )
  expect(refused({ model: coupled, data: { x: 0 } }, 5)).toThrow(
    /"b", "x" is a sum over 6 combinations: "a" of 3 values; "b" of 2 values: the limit is 5/,
  )
  expect(refused({ model: coupled, data: { x: 0 } }, 6)).not.toThrow()
  const counts = model('counts')
    .latent('c', poisson(3))
    .observed('x', ({ c }) => normal(c, 1))
  const counted = guide(counts).latent('c', poisson(2))
  expect(refused({ model: counts, family: guideFamily(counted) as Family, data: { x: 1 } })).toThrow(
    /those of "c" are not listed: they have no end/,
  )
  const several = model('several')
    .latent('c', bernoulli({ probs: [0.2, 0.6] }))
    .observed('x', ({ c }) => normal(sum(c), 1))
  expect(refused({ model: several, data: { x: 1 } })).toThrow(/"c" are not listed.*put in plates/)
})
