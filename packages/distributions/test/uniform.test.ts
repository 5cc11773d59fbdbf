import { DomainError, ShapeError } from '@variate/core'
import { expect, test } from 'vitest'
import { uniform } from '../src/index.ts'
import { laws } from './laws.ts'

laws('uniform', uniform)

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => uniform(1, 1)).toThrow(new DomainError('uniform: low must be < high, got low 1, high 1'))
  expect(() => uniform([0, 3], [[1], [4]])).toThrow(
    new DomainError('uniform: low must be < high, got low 3, high 1 at [0, 1]'),
  )
  expect(() => uniform(-Infinity, 0)).toThrow(new DomainError('uniform: low must be finite, got -Infinity'))
})

test('shapes that do not broadcast are refused', () => {
  expect(() => uniform([0, 1], [2, 3, 4])).toThrow(ShapeError)
})

test('ends are rounded as values are', () => {
  expect(uniform(0.1, 0.3).logProb([0.1, 0.3]).arraySync()).not.toContain(-Infinity)
})
