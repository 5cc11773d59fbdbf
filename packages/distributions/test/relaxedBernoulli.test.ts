import { DomainError } from '@variate/core'
import { expect, test } from 'vitest'
import { relaxedBernoulli } from '../src/index.ts'
import { laws } from './laws.ts'

laws('relaxedBernoulli', relaxedBernoulli)

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => relaxedBernoulli([1, 0], { probs: 0.5 })).toThrow(
    new DomainError('relaxedBernoulli: temperature must be > 0, got 0 at [1]'),
  )
  expect(() => relaxedBernoulli(1, { probs: 2 })).toThrow(
    new DomainError('relaxedBernoulli: probs must be in [0, 1], got 2'),
  )
})

test('exactly one of probs and logits must be given', () => {
  expect(() => relaxedBernoulli(1, {} as never)).toThrow(
    new DomainError('relaxedBernoulli: give either probs or logits, got neither'),
  )
  expect(() => relaxedBernoulli(1, { probs: 0.5, logits: 0 } as never)).toThrow(
    new DomainError('relaxedBernoulli: give either probs or logits, got probs and logits'),
  )
})
