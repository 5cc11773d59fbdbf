import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { DomainError, key } from '@variate/core'
import { mul, sum } from '@variate/core/ops'
import { expect, test } from 'vitest'
import {
  bernoulli,
  bernoulliStraightThrough,
  gumbelSoftmax,
  oneHotCategorical,
  oneHotCategoricalStraightThrough,
  relaxedBernoulli,
} from '../src/index.ts'
import { lawsOfCombinations } from './laws.ts'

const COUNT = 20_000
/** Of a χ² distribution with 2 degrees of freedom, exceeded with probability 1e-6. */
const CHI_SQUARED_LIMIT = 27.6

lawsOfCombinations('bernoulliStraightThrough')
lawsOfCombinations('oneHotCategoricalStraightThrough')

test('draws are unit vectors, each as often as its probability says', () => {
  const probs = [0.2, 0.5, 0.3]
  const draws = oneHotCategoricalStraightThrough(0.7, { probs }).sample(key(0), [COUNT])
  const counts = [0, 0, 0]
  const data = draws.dataSync()
  for (let i = 0; i < data.length; i += 3) {
    const row = Array.from(data.subarray(i, i + 3))
    expect(row.toSorted()).toEqual([0, 0, 1])
    counts[row.indexOf(1)]!++
  }
  const statistic = counts.reduce(
    (total, n, k) => total + (n - COUNT * probs[k]!) ** 2 / (COUNT * probs[k]!),
    0,
  )
  expect(statistic).toBeLessThan(CHI_SQUARED_LIMIT)
})

test('draws of bernoulliStraightThrough are 0 or 1, 1 as often as its probability says', () => {
  const data = bernoulliStraightThrough(0.7, { probs: 0.3 }).sample(key(0), [COUNT]).dataSync()
  expect(new Set(data)).toEqual(new Set([0, 1]))
  const ones = Array.from(data).filter((x) => x === 1).length
  expect(Math.abs(ones - 0.3 * COUNT) / Math.sqrt(0.21 * COUNT)).toBeLessThan(4.9)
})

test('the gradient of a draw is that of the soft draw from the same key', () => {
  const weights = tf.tensor([1, -2, 4])
  const gradientOf = (
    make: (temperature: number, options: { logits: tf.Tensor }) => { sample(k: never): tf.Tensor },
  ) =>
    tf.grad((logits) => sum(mul(weights, make(0.7, { logits }).sample(key(3) as never)) as tf.Tensor))(
      tf.tensor([0.5, -1, 2]),
    )
  const hard = gradientOf(oneHotCategoricalStraightThrough as never).dataSync() as Float32Array
  const soft = gradientOf(gumbelSoftmax as never).dataSync()
  expect(Math.max(...Array.from(hard, Math.abs))).toBeGreaterThan(1e-3)
  expect(Array.from(hard)).toEqual(Array.from(soft))
})

test('the gradient of a draw of bernoulliStraightThrough is that of the soft draw from the same key', () => {
  const logits = tf.tensor([-1, 0, 2])
  const hard = tf.grad((l) => sum(bernoulliStraightThrough(0.7, { logits: l }).sample(key(3))))(logits)
  const soft = tf.grad((l) => sum(relaxedBernoulli(0.7, { logits: l }).sample(key(3))))(logits)
  expect(Math.max(...hard.dataSync())).toBeGreaterThan(1e-3)
  expect(Array.from(hard.dataSync())).toEqual(Array.from(soft.dataSync()))
})

test('log probabilities, moments and entropy are those of the distributions without gradients', () => {
  const probs = [0.2, 0.5, 0.3]
  const [hard, plain] = [oneHotCategoricalStraightThrough(2, { probs }), oneHotCategorical({ probs })]
  expect(hard.logProb([0, 1, 0]).arraySync()).toBe(plain.logProb([0, 1, 0]).arraySync())
  expect(hard.logProb([0.5, 0.5, 0]).arraySync()).toBe(-Infinity)
  expect(hard.mean().arraySync()).toEqual(plain.mean().arraySync())
  expect(hard.variance().arraySync()).toEqual(plain.variance().arraySync())
  expect(hard.entropy().arraySync()).toBe(plain.entropy().arraySync())
  expect(hard.enumerateSupport().arraySync()).toEqual(plain.enumerateSupport().arraySync())
  const [bit, coin] = [bernoulliStraightThrough(2, { probs: 0.3 }), bernoulli({ probs: 0.3 })]
  expect(bit.logProb([0, 1, 0.5]).arraySync()).toEqual(coin.logProb([0, 1, 0.5]).arraySync())
  expect(bit.mean().arraySync()).toBe(coin.mean().arraySync())
  expect(bit.variance().arraySync()).toBe(coin.variance().arraySync())
  expect(bit.entropy().arraySync()).toBe(coin.entropy().arraySync())
  expect(bit.enumerateSupport().arraySync()).toEqual(coin.enumerateSupport().arraySync())
})

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => oneHotCategoricalStraightThrough(0, { probs: [1] })).toThrow(
    new DomainError('oneHotCategoricalStraightThrough: temperature must be > 0, got 0'),
  )
  expect(() => bernoulliStraightThrough(1, { probs: [0.5, 2] })).toThrow(
    new DomainError('bernoulliStraightThrough: probs must be in [0, 1], got 2 at [1]'),
  )
})
