import { DomainError, ShapeError } from '@variate/core'
import { expect, test } from 'vitest'
import { gumbel } from '../src/index.ts'
import { laws } from './laws.ts'

laws('gumbel', gumbel)

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => gumbel(0, [1, -1])).toThrow(new DomainError('gumbel: scale must be > 0, got -1 at [1]'))
  expect(() => gumbel(NaN, 1)).toThrow(new DomainError('gumbel: loc must be finite, got NaN'))
})

test('shapes that do not broadcast are refused', () => {
  expect(() => gumbel([0, 1], [1, 2, 3])).toThrow(ShapeError)
})
