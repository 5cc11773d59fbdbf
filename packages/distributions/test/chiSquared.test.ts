import { DomainError } from '@variate/core'
import { expect, test } from 'vitest'
import { chiSquared } from '../src/index.ts'
import { laws } from './laws.ts'

laws('chiSquared', chiSquared)

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => chiSquared([1, 0])).toThrow(new DomainError('chiSquared: df must be > 0, got 0 at [1]'))
  expect(() => chiSquared(NaN)).toThrow(new DomainError('chiSquared: df must be > 0, got NaN'))
})
