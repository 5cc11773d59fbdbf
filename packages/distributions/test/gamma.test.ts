import { DomainError } from '@variate/core'
import { expect, test } from 'vitest'
import { gamma } from '../src/index.ts'
import { laws } from './laws.ts'

laws('gamma', gamma)

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => gamma(2, [1, 0])).toThrow(new DomainError('gamma: rate must be > 0, got 0 at [1]'))
  expect(() => gamma(NaN, 1)).toThrow(new DomainError('gamma: concentration must be > 0, got NaN'))
})
