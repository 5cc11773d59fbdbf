import { DomainError, ShapeError } from '@variate/core'
import { expect, test } from 'vitest'
import { normal } from '../src/index.ts'
import { laws } from './laws.ts'

laws('normal', normal)

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => normal(0, [1, 0])).toThrow(new DomainError('normal: scale must be > 0, got 0 at [1]'))
  expect(() => normal([[0, NaN]], 1)).toThrow(
    new DomainError('normal: loc must be finite, got NaN at [0, 1]'),
  )
})

test('shapes that do not broadcast are refused', () => {
  expect(() => normal([0, 1], [1, 2, 3])).toThrow(ShapeError)
  expect(() => normal([0, 1], 1).logProb([1, 2, 3])).toThrow(ShapeError)
})
