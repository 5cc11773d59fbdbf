import { DomainError, ShapeError } from '@variate/core'
import { expect, test } from 'vitest'
import { exponential } from '../src/index.ts'
import { laws } from './laws.ts'

laws('exponential', exponential)

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => exponential([1, 0])).toThrow(new DomainError('exponential: rate must be > 0, got 0 at [1]'))
  expect(() => exponential(NaN)).toThrow(new DomainError('exponential: rate must be > 0, got NaN'))
})

test('shapes that do not broadcast are refused', () => {
  expect(() => exponential([1, 2]).logProb([1, 2, 3])).toThrow(ShapeError)
})
