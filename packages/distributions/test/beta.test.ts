import { DomainError } from '@variate/core'
import { expect, test } from 'vitest'
import { beta } from '../src/index.ts'
import { laws } from './laws.ts'

laws('beta', beta)

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => beta(2, [1, 0])).toThrow(new DomainError('beta: concentration0 must be > 0, got 0 at [1]'))
  expect(() => beta(NaN, 1)).toThrow(new DomainError('beta: concentration1 must be > 0, got NaN'))
})
