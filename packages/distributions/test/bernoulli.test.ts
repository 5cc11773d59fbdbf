import { DomainError } from '@variate/core'
import { expect, test } from 'vitest'
import { bernoulli } from '../src/index.ts'
import { laws } from './laws.ts'

laws('bernoulli', bernoulli)

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => bernoulli({ probs: [0.5, 1.5] })).toThrow(
    new DomainError('bernoulli: probs must be in [0, 1], got 1.5 at [1]'),
  )
  expect(() => bernoulli({ logits: NaN })).toThrow(
    new DomainError('bernoulli: logits must be finite, got NaN'),
  )
})

test('exactly one of probs and logits must be given', () => {
  expect(() => bernoulli({} as never)).toThrow(
    new DomainError('bernoulli: give either probs or logits, got neither'),
  )
  expect(() => bernoulli({ probs: 0.5, logits: 0 } as never)).toThrow(
    new DomainError('bernoulli: give either probs or logits, got probs and logits'),
  )
})

test('a soft one takes values between 0 and 1, and gives the cross-entropy', () => {
  const soft = bernoulli({ probs: 0.3, soft: true })
  const expected = 0.25 * Math.log(0.3) + 0.75 * Math.log(0.7)
  expect(soft.logProb(0.25).arraySync()).toBeCloseTo(expected, 6)
  expect(soft.logProb(1.5).arraySync()).toBe(-Infinity)
  expect(bernoulli({ probs: 0.3 }).logProb(0.25).arraySync()).toBe(-Infinity)
  expect(
    bernoulli({ logits: Math.log(3 / 7), soft: true })
      .logProb(0.25)
      .arraySync(),
  ).toBeCloseTo(expected, 6)
})
