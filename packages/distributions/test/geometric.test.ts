import { DomainError } from '@variate/core'
import { expect, test } from 'vitest'
import { geometric } from '../src/index.ts'
import { laws } from './laws.ts'

laws('geometric', geometric)

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => geometric({ probs: [0.5, 0] })).toThrow(
    new DomainError('geometric: probs must be in (0, 1], got 0 at [1]'),
  )
  expect(() => geometric({ logits: Infinity })).toThrow(
    new DomainError('geometric: logits must be finite, got Infinity'),
  )
})

test('exactly one of probs and logits must be given', () => {
  expect(() => geometric({} as never)).toThrow(
    new DomainError('geometric: give either probs or logits, got neither'),
  )
  expect(() => geometric({ probs: 0.5, logits: 0 } as never)).toThrow(
    new DomainError('geometric: give either probs or logits, got probs and logits'),
  )
})
