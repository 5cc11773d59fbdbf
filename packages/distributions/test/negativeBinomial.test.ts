import { DomainError } from '@variate/core'
import { expect, test } from 'vitest'
import { negativeBinomial } from '../src/index.ts'
import { laws } from './laws.ts'

laws('negativeBinomial', negativeBinomial)

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => negativeBinomial(0, { probs: 0.5 })).toThrow(
    new DomainError('negativeBinomial: total must be > 0, got 0'),
  )
  expect(() => negativeBinomial(3, { probs: [0.5, 1] })).toThrow(
    new DomainError('negativeBinomial: probs must be in [0, 1), got 1 at [1]'),
  )
})

test('exactly one of probs and logits must be given', () => {
  expect(() => negativeBinomial(2, {} as never)).toThrow(
    new DomainError('negativeBinomial: give either probs or logits, got neither'),
  )
  expect(() => negativeBinomial(2, { probs: 0.5, logits: 0 } as never)).toThrow(
    new DomainError('negativeBinomial: give either probs or logits, got probs and logits'),
  )
})
