import { DomainError, ShapeError } from '@variate/core'
import { expect, test } from 'vitest'
import { oneHotCategorical } from '../src/index.ts'
import { laws } from './laws.ts'

laws('oneHotCategorical', oneHotCategorical)

test('exactly one of probs and logits must be given', () => {
  expect(() => oneHotCategorical({} as never)).toThrow(
    new DomainError('oneHotCategorical: give either probs or logits, got neither'),
  )
  expect(() => oneHotCategorical({ probs: [1], logits: [0] } as never)).toThrow(
    new DomainError('oneHotCategorical: give either probs or logits, got probs and logits'),
  )
})

test('a row that is no distribution is refused with its place', () => {
  expect(() =>
    oneHotCategorical({
      probs: [
        [0.5, 0.5],
        [0.5, 0.75],
      ],
    }),
  ).toThrow(new DomainError('oneHotCategorical: probs must be ≥ 0 with sum 1, got sum 1.25 at [1]'))
  expect(() => oneHotCategorical({ probs: [1.5, -0.5] })).toThrow(
    new DomainError('oneHotCategorical: probs must be ≥ 0 with sum 1, got -0.5 in entry 1'),
  )
  expect(() => oneHotCategorical({ logits: [-Infinity, -Infinity] })).toThrow(
    new DomainError(
      'oneHotCategorical: logits must be finite or -Infinity, and not all -Infinity, got no other entry',
    ),
  )
  expect(() => oneHotCategorical({ logits: [0, NaN] })).toThrow(DomainError)
  expect(() => oneHotCategorical({ probs: 1 as never })).toThrow(ShapeError)
})
