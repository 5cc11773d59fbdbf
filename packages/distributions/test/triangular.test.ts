import { DomainError, ShapeError } from '@variate/core'
import { expect, test } from 'vitest'
import { triangular } from '../src/index.ts'
import { laws } from './laws.ts'

laws('triangular', triangular)

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => triangular(0, 0, 0)).toThrow(
    new DomainError('triangular: low must be < high, got low 0, high 0'),
  )
  expect(() => triangular(0, 1, [0.5, 2])).toThrow(
    new DomainError('triangular: peak must be ≤ high, got peak 2, high 1 at [1]'),
  )
  expect(() => triangular(0, 1, -1)).toThrow(
    new DomainError('triangular: low must be ≤ peak, got low 0, peak -1'),
  )
})

test('shapes that do not broadcast are refused', () => {
  expect(() => triangular([0, 1], [2, 3, 4], 2)).toThrow(ShapeError)
})
