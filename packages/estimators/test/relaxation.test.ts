import '@tensorflow/tfjs-backend-cpu'
import type { Tensor } from '@tensorflow/tfjs-core'
import { key } from '@variate/core'
import { constant, fill } from '@variate/core/ops'
import { bernoulli, oneHotCategorical, poisson } from '@variate/distributions'
import { expect, test } from 'vitest'
import { relaxationOf } from '../src/relaxation.ts'

const COUNT = 20_000
/** Of √n times the Kolmogorov–Smirnov distance, exceeded with probability 1e-6. */
const LIMIT = 2.7

/** √n times the largest distance of the empirical distribution function from another. */
function distance(x: readonly number[], cdf: (x: number) => number): number {
  const sorted = Float64Array.from(x).toSorted()
  const gaps = sorted.map((own, i) =>
    Math.max(Math.abs(cdf(own) - i / x.length), Math.abs((i + 1) / x.length - cdf(own))),
  )
  return Math.sqrt(x.length) * gaps.reduce((most, gap) => Math.max(most, gap), 0)
}

/** √(n·m/(n + m)) times the largest distance of two empirical distribution functions. */
function distanceOfTwo(x: readonly number[], y: readonly number[]): number {
  const [a, b] = [Float64Array.from(x).toSorted(), Float64Array.from(y).toSorted()]
  let [i, j, most] = [0, 0, 0]
  while (i < a.length && j < b.length) {
    if (a[i]! <= b[j]!) i++
    else j++
    most = Math.max(most, Math.abs(i / a.length - j / b.length))
  }
  return Math.sqrt((a.length * b.length) / (a.length + b.length)) * most
}

const listOf = (x: Tensor): number[] => Array.from(x.dataSync())
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))

test.each([-2, 0.3, 4])(
  'log odds %d: z, and z given its value, are logistic, and both have that value',
  (a) => {
    const of = relaxationOf(bernoulli({ logits: fill([COUNT], a) }), 'z')
    const z = of.noisy(key(1))
    const hard = of.hard(z)
    const given = of.noisyGiven(hard, key(2))
    const cdf = (x: number): number => sigmoid(x - a)
    expect(distance(listOf(z), cdf)).toBeLessThan(LIMIT)
    expect(distance(listOf(given), cdf)).toBeLessThan(LIMIT)
    expect(listOf(of.hard(given))).toEqual(listOf(hard))
    const ones = listOf(hard)
    for (const value of [0, 1]) {
      const those = (x: Tensor): number[] => listOf(x).filter((_, i) => ones[i] === value)
      expect(distanceOfTwo(those(z), those(given))).toBeLessThan(LIMIT)
    }
    expect(
      distance(listOf(of.soft(given, constant(0.7))), (x) => cdf(0.7 * Math.log(x / (1 - x)))),
    ).toBeLessThan(LIMIT)
  },
)

test('of a vector z, and z given its value, have the same distribution, and both have that value', () => {
  const probs = [0.5, 0.1, 0.4]
  const rows = constant(Array.from({ length: COUNT }, () => probs))
  const of = relaxationOf(oneHotCategorical({ probs: rows }), 'z')
  const z = of.noisy(key(3))
  const hard = of.hard(z)
  const given = of.noisyGiven(hard, key(4))
  expect(listOf(of.hard(given))).toEqual(listOf(hard))
  const column = (x: Tensor, k: number): number[] => listOf(x).filter((_, i) => i % 3 === k)
  for (const [k, p] of probs.entries()) {
    const cdf = (x: number): number => Math.exp(-Math.exp(Math.log(p) - x))
    expect(distance(column(z, k), cdf)).toBeLessThan(LIMIT)
    expect(distance(column(given, k), cdf)).toBeLessThan(LIMIT)
    const share = column(hard, k).reduce((total, x) => total + x, 0) / COUNT
    expect(Math.abs(share - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / COUNT))
    // Of those with this value, any other entry, and the share of the step that this entry has.
    const isThis = column(hard, k)
    for (const other of [0, 1, 2]) {
      const those = (x: Tensor): number[] => column(x, other).filter((_, i) => isThis[i] === 1)
      expect(distanceOfTwo(those(z), those(given))).toBeLessThan(LIMIT)
      const soft = (x: Tensor): number[] => those(of.soft(x, constant(0.6)))
      expect(distanceOfTwo(soft(z), soft(given))).toBeLessThan(LIMIT)
    }
  }
})

test.each([
  ['bernoulli', bernoulli({ probs: [0, 1] }), [0, 1]],
  ['oneHotCategorical', oneHotCategorical({ logits: [-Infinity, 0, -Infinity] }), [0, 1, 0]],
  ['oneHotCategorical', oneHotCategorical({ probs: [0, 1, 0] }), [0, 1, 0]],
] as const)('probabilities of 0 and 1 have finite draws: %s', (_, distribution, expected) => {
  const of = relaxationOf(distribution, 'z')
  const hard = of.hard(of.noisy(key(5)))
  expect(listOf(hard)).toEqual(expected)
  const soft = listOf(of.soft(of.noisyGiven(hard, key(6)), constant(0.1)))
  for (const [i, x] of soft.entries()) expect(x).toBeCloseTo(expected[i]!, 5)
})

test('what has no values between is refused', () => {
  expect(() => relaxationOf(poisson(2), 'count')).toThrow('"count": a poisson has no values between')
})
