import { DomainError } from '@variate/core'
import { expect, test } from 'vitest'
import { continuousBernoulli } from '../src/index.ts'
import { laws } from './laws.ts'

laws('continuousBernoulli', continuousBernoulli)

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => continuousBernoulli({ probs: [0.5, 1] })).toThrow(
    new DomainError('continuousBernoulli: probs must be between 0 and 1, got 1 at [1]'),
  )
  expect(() => continuousBernoulli({ logits: NaN })).toThrow(
    new DomainError('continuousBernoulli: logits must be finite, got NaN'),
  )
})
