import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { DomainError, key } from '@variate/core'
import { expect, test } from 'vitest'
import { discreteUniform } from '../../src/index.ts'

test('ends that int32 draws cannot reach are refused', () => {
  const says = (name: string, got: string) =>
    new DomainError(`discreteUniform: ${name} must be from -2^31 to 2^31 - 1, got ${got}`)
  expect(() => discreteUniform(0, 1e10)).toThrow(says('high', '10000000000'))
  expect(() => discreteUniform([0, -(2 ** 32)], 1)).toThrow(says('low', '-4294967296 at [1]'))
  expect(() => discreteUniform(0, tf.scalar(2 ** 31)).mean()).toThrow(says('high', '2147483648'))
})

test('draws of wide ranges are inside, and odd as often as even', () => {
  for (const [low, high] of [
    [0, 2 ** 31 - 1],
    [2 ** 24 + 1, 2 ** 30 + 1],
  ] as const) {
    const draws = Array.from(discreteUniform(low, high).sample(key(1), [10_000]).dataSync())
    expect(draws.every((x) => Number.isInteger(x) && x >= low && x <= high)).toBe(true)
    // Five standard errors.
    expect(Math.abs(draws.filter((x) => x % 2 !== 0).length - 5000)).toBeLessThan(250)
  }
})

test('the whole of int32 is drawn from', () => {
  const draws = Array.from(
    discreteUniform(-(2 ** 31), 2 ** 31 - 1)
      .sample(key(2), [10_000])
      .dataSync(),
  )
  expect(Math.abs(draws.filter((x) => x < 0).length - 5000)).toBeLessThan(250)
})

test('each element of a batch keeps all digits of its ends', () => {
  const ends = [2 ** 24 + 1, 2 ** 31 - 1]
  expect(discreteUniform(ends, ends).sample(key(0), [2]).arraySync()).toEqual([ends, ends])
  expect(discreteUniform(tf.tensor1d([1, 5]), 5).sample(key(0)).shape).toEqual([2])
})

test('the quantile of a cumulative probability is its value', () => {
  for (const [low, count] of [
    [0, 1000],
    [-50, 777],
    [3, 10_007],
  ] as const) {
    const d = discreteUniform(low, low + count - 1)
    const values = Array.from({ length: count }, (_, i) => low + i)
    expect(d.icdf(d.cdf(values)).arraySync()).toEqual(values)
  }
  // scipy.stats.randint(0, 1000).ppf, but for 0, of which it gives −1
  expect(
    discreteUniform(0, 1000 - 1)
      .icdf([0, 0.00105, 0.5005, 1])
      .arraySync(),
  ).toEqual([0, 1, 500, 999])
})

// As 32 bits modulo how many there are, the first third was drawn as often as the other two.
test('each third of 3·2³⁰ numbers is drawn as often as the others', () => {
  const draws = discreteUniform(-(2 ** 31), 2 ** 30 - 1)
    .sample(key(4), [30_000])
    .dataSync()
  for (let third = 0; third < 3; third++) {
    const count = draws.filter((x) => Math.floor((x + 2 ** 31) / 2 ** 30) === third).length
    // Five standard errors.
    expect(Math.abs(count - 10_000)).toBeLessThan(5 * Math.sqrt(30_000 * (1 / 3) * (2 / 3)))
  }
})
