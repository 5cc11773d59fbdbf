import { ShapeError } from '@variate/core'
import { expect, expectTypeOf, test } from 'vitest'
import { cauchy, independent, normal, toEvent } from '../src/index.ts'
import { lawsOfCombinations } from './laws.ts'

lawsOfCombinations('independent')

test('axes of the batch become axes of an event, from the last', () => {
  const d = toEvent(
    normal(
      [
        [0, 1, 2],
        [3, 4, 5],
      ],
      1,
    ),
    1,
  )
  expect([d.batchShape, d.eventShape, d.support.eventRank]).toEqual([[2], [3], 1])
  expect(d.logProb([0, 0, 0]).shape).toEqual([2])
  expect(d.entropy().shape).toEqual([2])
  expect(d.mean().shape).toEqual([2, 3])
  expect(independent(normal([[0, 1]], 1)).eventShape).toEqual([1, 2])
  expect(independent(normal(0, 1), 0).logProb(0).shape).toEqual([])
  expect(d.support.violation([0, NaN, 0], [3])).toBe('NaN at [1]')
})

test('it has what its base has, by type', () => {
  expectTypeOf(independent(cauchy([0], 1))).not.toHaveProperty('mean')
  expectTypeOf(independent(cauchy([0], 1))).toHaveProperty('entropy')
  expectTypeOf(independent(normal([0], 1))).toHaveProperty('reparameterized')
})

test('more axes than the batch has are refused', () => {
  expect(() => independent(normal([0, 1], 1), 2)).toThrow(
    new ShapeError('independent: axes must be a whole number from 0 to 1, got 2'),
  )
})
