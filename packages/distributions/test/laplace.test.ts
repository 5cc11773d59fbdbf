import { DomainError, ShapeError } from '@variate/core'
import { expect, test } from 'vitest'
import { laplace } from '../src/index.ts'
import { laws } from './laws.ts'

laws('laplace', laplace)

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => laplace(0, [1, 0])).toThrow(new DomainError('laplace: scale must be > 0, got 0 at [1]'))
  expect(() => laplace([0, NaN], 1)).toThrow(new DomainError('laplace: loc must be finite, got NaN at [1]'))
})

test('shapes that do not broadcast are refused', () => {
  expect(() => laplace([0, 1], [1, 2, 3])).toThrow(ShapeError)
})
