import { DomainError, ShapeError } from '@variate/core'
import { expect, test } from 'vitest'
import { categorical } from '../src/index.ts'
import { laws } from './laws.ts'

laws('categorical', categorical)

test('exactly one of probs and logits must be given', () => {
  expect(() => categorical({} as never)).toThrow(
    new DomainError('categorical: give either probs or logits, got neither'),
  )
  expect(() => categorical({ probs: [1], logits: [0] } as never)).toThrow(
    new DomainError('categorical: give either probs or logits, got probs and logits'),
  )
})

test('a row that is no distribution is refused with its place', () => {
  expect(() =>
    categorical({
      probs: [
        [0.5, 0.5],
        [0.5, 0.75],
      ],
    }),
  ).toThrow(new DomainError('categorical: probs must be ≥ 0 with sum 1, got sum 1.25 at [1]'))
  expect(() => categorical({ probs: [1.5, -0.5] })).toThrow(
    new DomainError('categorical: probs must be ≥ 0 with sum 1, got -0.5 in entry 1'),
  )
  expect(() => categorical({ logits: [-Infinity, -Infinity] })).toThrow(
    new DomainError(
      'categorical: logits must be finite or -Infinity, and not all -Infinity, got no other entry',
    ),
  )
  expect(() => categorical({ logits: [0, NaN] })).toThrow(DomainError)
  expect(() => categorical({ probs: 1 })).toThrow(ShapeError)
})

test('log probabilities of a large row of logits are those of the same logits less a constant', () => {
  const logits = [0.5, -1, 2]
  const shifted = logits.map((x) => x + 2 ** 20)
  expect(categorical({ logits: shifted }).logProb([0, 1, 2]).arraySync()).toEqual(
    categorical({ logits }).logProb([0, 1, 2]).arraySync(),
  )
})

test('quantiles of 0 and 1 are the first and the last category that is possible', () => {
  const d = categorical({
    probs: [
      [0, 0.5, 0.5, 0],
      [0.25, 0.75, 0, 0],
      [0.5, 0.5, 0, 1e-30],
    ],
  })
  expect(d.icdf([[0], [0.5], [0.50001], [1]]).arraySync()).toEqual([
    [1, 0, 0],
    [1, 1, 0],
    [2, 1, 1],
    [2, 1, 3],
  ])
})
