import { DomainError, ShapeError } from '@variate/core'
import { expect, test } from 'vitest'
import { multinomial } from '../src/index.ts'
import { laws } from './laws.ts'

laws('multinomial', multinomial, { structural: [0] })

test('exactly one of probs and logits must be given', () => {
  expect(() => multinomial(2, {} as never)).toThrow(
    new DomainError('multinomial: give either probs or logits, got neither'),
  )
  expect(() => multinomial(2, { probs: [1], logits: [0] } as never)).toThrow(
    new DomainError('multinomial: give either probs or logits, got probs and logits'),
  )
})

test('a row that is no distribution is refused with its place', () => {
  expect(() =>
    multinomial(2, {
      probs: [
        [0.5, 0.5],
        [0.5, 0.75],
      ],
    }),
  ).toThrow(new DomainError('multinomial: probs must be ≥ 0 with sum 1, got sum 1.25 at [1]'))
  expect(() => multinomial(2, { probs: [1.5, -0.5] })).toThrow(
    new DomainError('multinomial: probs must be ≥ 0 with sum 1, got -0.5 in entry 1'),
  )
  expect(() => multinomial(2, { logits: [-Infinity, -Infinity] })).toThrow(
    new DomainError(
      'multinomial: logits must be finite or -Infinity, and not all -Infinity, got no other entry',
    ),
  )
  expect(() => multinomial(2, { logits: [0, NaN] })).toThrow(DomainError)
  expect(() => multinomial(2, { probs: 1 as never })).toThrow(ShapeError)
})

test('a total that is no count is refused', () => {
  expect(() => multinomial([2, 0.5], { probs: [0.5, 0.5] })).toThrow(
    new DomainError('multinomial: total must be a whole number ≥ 0, got 0.5 at [1]'),
  )
})

test('values of another length are refused', () => {
  expect(() => multinomial(2, { probs: [0.5, 0.5] }).logProb([1, 1, 0])).toThrow(ShapeError)
})
