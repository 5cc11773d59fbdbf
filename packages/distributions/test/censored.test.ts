import '@tensorflow/tfjs-backend-cpu'
import { grad } from '@tensorflow/tfjs-core'
import { key, DomainError } from '@variate/core'
import { constant } from '@variate/core/ops'
import { expect, expectTypeOf, test } from 'vitest'
import { censored, exponential, laplace, normal, poisson } from '../src/index.ts'
import { lawsOfCombinations } from './laws.ts'

const numbers = (x: { dataSync(): ArrayLike<number> }): number[] => Array.from(x.dataSync())

lawsOfCombinations('censored')

test('a value at or beyond an end has the probability of its tail', () => {
  const d = censored(normal(0, 1), { low: -1, high: 2 })
  // scipy.stats.norm: logcdf(-1), logpdf(0.5), logsf(2)
  const expected = [-1.8410216, -1.8410216, -1.0439385, -3.7831843, -3.7831843]
  numbers(d.logProb([-3, -1, 0.5, 2, 7])).forEach((x, i) => expect(x).toBeCloseTo(expected[i]!, 4))
  expect(numbers(d.cdf([-2, 2, 3]))).toEqual([0, 1, 1])
  expect(numbers(d.icdf([0.01, 0.5, 0.99]))).toEqual([-1, 0, 2])
  expect(d.logProb(NaN).dataSync()[0]).toBeNaN()
})

test('whole numbers at an end count themselves', () => {
  const d = censored(poisson(3), { high: 4 })
  // scipy.stats.poisson(3): logpmf(3), logsf(3)
  const [three, four] = numbers(d.logProb([3, 4]))
  expect(three).toBeCloseTo(-1.4959226, 5)
  expect(four).toBeCloseTo(-1.0419443, 5)
})

test('ends may differ within the batch, and gradients are those of the tail', () => {
  const times = constant([1, 2])
  const slope = grad((rate) => censored(exponential(rate), { high: [Infinity, 2] }).logProb(times))(
    constant(0.5),
  )
  // d/dλ (log λ − λ) − 2 at λ = 1/2
  expect(slope.dataSync()[0]).toBeCloseTo(2 - 1 - 2, 5)
})

test('an end of probability 0 has a finite gradient', () => {
  const d = (rate: never) => censored(exponential(rate), { low: 0 })
  // P(X ≤ 0) = 0; d/dλ (log λ − λ) at λ = 2
  expect(numbers(d(2 as never).logProb([0, 1]))[0]).toBe(-Infinity)
  const slope = grad((rate) => d(rate as never).logProb([0, 1]))(constant(2))
  expect(numbers(slope)[0]).toBeCloseTo(0.5 - 1, 6)
})

test('draws are clipped', () => {
  const d = censored(normal(0, 5), { low: -1, high: [1, 2] })
  const draws = numbers(d.sample(key(3), [100]))
  expect(draws.every((x, i) => x >= -1 && x <= 1 + (i % 2))).toBe(true)
  expect(new Set(draws).size).toBeGreaterThan(5)
  expectTypeOf(d).toHaveProperty('reparameterized')
  expectTypeOf(censored(laplace(0, 1), { low: 0 })).not.toHaveProperty('mean')
})

test('draws of whole numbers stay whole, and have the probabilities of the tails', () => {
  const d = censored(poisson(3), { low: 1, high: 5 })
  const draws = d.sample(key(5), [500])
  expect(draws.dtype).toBe('int32')
  expect([...new Set(draws.dataSync())].toSorted()).toEqual([1, 2, 3, 4, 5])
  // scipy.stats.poisson(3): cdf(1), pmf([2, 3, 4]), sf(4)
  const p = [0.19914827, 0.22404181, 0.22404181, 0.16803136, 0.18473676]
  numbers(d.logProb([1, 2, 3, 4, 5])).forEach((x, i) => expect(Math.exp(x)).toBeCloseTo(p[i]!, 6))
})

test('counts are not cut off between two of them', () => {
  expect(() => censored(poisson(2), { high: [3, 2.5] })).toThrow(
    new DomainError(
      'censored: high must be a whole number or ±Infinity, as the base is discrete (round it), got 2.5 at [1]',
    ),
  )
})

test('ends that are not in order, or missing, are refused', () => {
  expect(() => censored(normal(0, 1), {} as never)).toThrow(
    new DomainError('censored: give low, high or both'),
  )
  expect(() => censored(normal(0, 1), { low: 1, high: 1 })).toThrow(DomainError)
})
