import { DomainError } from '@variate/core'
import { expect, test } from 'vitest'
import { betaBinomial } from '../src/index.ts'
import { laws } from './laws.ts'

laws('betaBinomial', betaBinomial, { structural: [2] })

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => betaBinomial(0, 1, 3)).toThrow(
    new DomainError('betaBinomial: concentration1 must be > 0, got 0'),
  )
  expect(() => betaBinomial(1, [1, -1], 3)).toThrow(
    new DomainError('betaBinomial: concentration0 must be > 0, got -1 at [1]'),
  )
  expect(() => betaBinomial(1, 1, -3)).toThrow(
    new DomainError('betaBinomial: total must be a whole number ≥ 0, got -3'),
  )
})
