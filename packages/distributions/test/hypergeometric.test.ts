import { DomainError } from '@variate/core'
import { expect, test } from 'vitest'
import { hypergeometric } from '../src/index.ts'
import { laws } from './laws.ts'

laws('hypergeometric', hypergeometric, { structural: [0, 1, 2] })

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => hypergeometric(10, 11, 3)).toThrow(
    new DomainError('hypergeometric: successes must be ≤ total, got successes 11, total 10'),
  )
  expect(() => hypergeometric(10, 5, [3, 11])).toThrow(
    new DomainError('hypergeometric: draws must be ≤ total, got draws 11, total 10 at [1]'),
  )
  expect(() => hypergeometric(10, 2.5, 3)).toThrow(
    new DomainError('hypergeometric: successes must be a whole number ≥ 0, got 2.5'),
  )
})
