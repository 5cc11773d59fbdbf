import { grad } from '@tensorflow/tfjs-core'
import { key, DomainError, ShapeError } from '@variate/core'
import { constant } from '@variate/core/ops'
import { expect, expectTypeOf, test } from 'vitest'
import { cauchy, masked, multivariateNormalDiag, normal } from '../src/index.ts'
import { lawsOfCombinations } from './laws.ts'

lawsOfCombinations('masked')

test('what is masked has log probability and gradient 0, whatever is there', () => {
  const d = masked(normal(0, [1, 1, 1]), [true, false, false])
  const x = constant([1, NaN, Infinity])
  expect([...d.logProb(x).dataSync()].map((p) => Math.round(p * 1e5) / 1e5)).toEqual([-1.41894, 0, 0])
  expect([...grad((value) => d.logProb(value))(x).dataSync()].map(Math.abs)).toEqual([1, 0, 0])
})

test('tails and their inverses are those of the base', () => {
  const d = masked(normal(0, 1), true)
  // scipy.stats.norm.sf(6.5)
  expect(d.survival(6.5).dataSync()[0]! / 4.016000584e-11).toBeCloseTo(1, 4)
})

test('a mask is for events, and enlarges the batch', () => {
  const d = masked(multivariateNormalDiag([0, 0], [1, 1]), [1, 0, 1])
  expect([d.batchShape, d.eventShape, d.sample(key(0)).shape]).toEqual([[3], [2], [3, 2]])
  expect(d.logProb([0, 0]).dataSync()[1]).toBe(0)
  expectTypeOf(masked(cauchy(0, 1), true)).not.toHaveProperty('mean')
  expectTypeOf(masked(normal(0, 1), true)).toHaveProperty('mean')
})

test('a mask of other numbers, or of another shape, is refused', () => {
  expect(() => masked(normal(0, 1), [0, 2])).toThrow(
    new DomainError('masked: mask must be 0 or 1, got 2 at [1]'),
  )
  expect(() => masked(normal([0, 1], 1), [true, false, true])).toThrow(ShapeError)
})
