import { DomainError, ShapeError } from '@variate/core'
import { expect, test } from 'vitest'
import { logistic } from '../src/index.ts'
import { laws } from './laws.ts'

laws('logistic', logistic)

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => logistic(0, [[1], [0]])).toThrow(
    new DomainError('logistic: scale must be > 0, got 0 at [1, 0]'),
  )
  expect(() => logistic(NaN, 1)).toThrow(new DomainError('logistic: loc must be finite, got NaN'))
})

test('shapes that do not broadcast are refused', () => {
  expect(() => logistic([0, 1], [1, 2, 3])).toThrow(ShapeError)
})
