import { DomainError, UnsupportedError } from '@variate/core'
import { expect, test } from 'vitest'
import { binomial } from '../src/index.ts'
import { laws } from './laws.ts'

laws('binomial', binomial, { structural: [0] })

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => binomial(2.5, { probs: 0.5 })).toThrow(
    new DomainError('binomial: total must be a whole number ≥ 0, got 2.5'),
  )
  expect(() => binomial(3, { probs: [[0.5, -0.25]] })).toThrow(
    new DomainError('binomial: probs must be in [0, 1], got -0.25 at [0, 1]'),
  )
})

test('exactly one of probs and logits must be given', () => {
  expect(() => binomial(2, {} as never)).toThrow(
    new DomainError('binomial: give either probs or logits, got neither'),
  )
  expect(() => binomial(2, { probs: 0.5, logits: 0 } as never)).toThrow(
    new DomainError('binomial: give either probs or logits, got probs and logits'),
  )
})

test('supports that differ are not enumerated', () => {
  expect(() => binomial([2, 3], { probs: 0.5 }).enumerateSupport()).toThrow(UnsupportedError)
})
