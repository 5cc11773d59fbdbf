import { DomainError, ShapeError } from '@variate/core'
import { expect, test } from 'vitest'
import { orderedLogistic } from '../src/index.ts'
import { laws } from './laws.ts'

laws('orderedLogistic', orderedLogistic)

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => orderedLogistic(0, [1, 1])).toThrow(
    new DomainError('orderedLogistic: cutpoints must be increasing, got 1 after 1 in entry 1'),
  )
  expect(() => orderedLogistic(NaN, [0, 1])).toThrow(
    new DomainError('orderedLogistic: predictor must be finite, got NaN'),
  )
})

test('cutpoints without an axis are refused', () => {
  expect(() => orderedLogistic(0, 1 as never)).toThrow(ShapeError)
})
