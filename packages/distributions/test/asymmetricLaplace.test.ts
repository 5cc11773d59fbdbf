import { DomainError, ShapeError } from '@variate/core'
import { expect, test } from 'vitest'
import { asymmetricLaplace } from '../src/index.ts'
import { laws } from './laws.ts'

laws('asymmetricLaplace', asymmetricLaplace)

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => asymmetricLaplace(0, 1, [1, -2])).toThrow(
    new DomainError('asymmetricLaplace: asymmetry must be > 0, got -2 at [1]'),
  )
  expect(() => asymmetricLaplace(NaN, 1, 1)).toThrow(
    new DomainError('asymmetricLaplace: loc must be finite, got NaN'),
  )
  expect(() => asymmetricLaplace(0, 0, 1)).toThrow(
    new DomainError('asymmetricLaplace: scale must be > 0, got 0'),
  )
})

test('shapes that do not broadcast are refused', () => {
  expect(() => asymmetricLaplace([0, 1], [1, 2, 3], 1)).toThrow(ShapeError)
})
