import { DomainError, ShapeError } from '@variate/core'
import { expect, test } from 'vitest'
import { skewNormal } from '../src/index.ts'
import { laws } from './laws.ts'

laws('skewNormal', skewNormal)

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => skewNormal(0, 1, [0, NaN])).toThrow(
    new DomainError('skewNormal: shape must be finite, got NaN at [1]'),
  )
  expect(() => skewNormal(0, -1, 2)).toThrow(new DomainError('skewNormal: scale must be > 0, got -1'))
})

test('shapes that do not broadcast are refused', () => {
  expect(() => skewNormal([0, 1], 1, [1, 2, 3])).toThrow(ShapeError)
})
