import { DomainError, ShapeError } from '@variate/core'
import { expect, test } from 'vitest'
import { logUniform } from '../src/index.ts'
import { laws } from './laws.ts'

laws('logUniform', logUniform)

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => logUniform(0, 1)).toThrow(new DomainError('logUniform: low must be > 0, got 0'))
  expect(() => logUniform([1, 2], 2)).toThrow(
    new DomainError('logUniform: low must be < high, got low 2, high 2 at [1]'),
  )
})

test('shapes that do not broadcast are refused', () => {
  expect(() => logUniform([1, 2], [3, 4, 5])).toThrow(ShapeError)
})
