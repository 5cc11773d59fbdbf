import { DomainError, ShapeError, key } from '@variate/core'
import { expect, test } from 'vitest'
import { gumbelSoftmax } from '../src/index.ts'
import { laws } from './laws.ts'

laws('gumbelSoftmax', gumbelSoftmax)

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => gumbelSoftmax(0, { probs: [0.5, 0.5] })).toThrow(
    new DomainError('gumbelSoftmax: temperature must be > 0, got 0'),
  )
})

test('exactly one of probs and logits must be given', () => {
  expect(() => gumbelSoftmax(1, {} as never)).toThrow(
    new DomainError('gumbelSoftmax: give either probs or logits, got neither'),
  )
  expect(() => gumbelSoftmax(1, { probs: [1], logits: [0] } as never)).toThrow(
    new DomainError('gumbelSoftmax: give either probs or logits, got probs and logits'),
  )
})

test('a row that is no distribution is refused with its place', () => {
  expect(() =>
    gumbelSoftmax(1, {
      probs: [
        [0.5, 0.5],
        [0.5, 0.75],
      ],
    }),
  ).toThrow(new DomainError('gumbelSoftmax: probs must be ≥ 0 with sum 1, got sum 1.25 at [1]'))
  expect(() => gumbelSoftmax(1, { probs: [1.5, -0.5] })).toThrow(
    new DomainError('gumbelSoftmax: probs must be ≥ 0 with sum 1, got -0.5 in entry 1'),
  )
  expect(() => gumbelSoftmax(1, { logits: [-Infinity, -Infinity] })).toThrow(
    new DomainError(
      'gumbelSoftmax: logits must be finite or -Infinity, and not all -Infinity, got no other entry',
    ),
  )
  expect(() => gumbelSoftmax(1, { logits: [0, NaN] })).toThrow(DomainError)
  expect(() => gumbelSoftmax(1, { probs: 1 as never })).toThrow(ShapeError)
})

test('draws at a low temperature are positive, and have finite densities', () => {
  const d = gumbelSoftmax(0.01, { logits: [0, 1, -50] })
  const draws = d.sample(key(0), [1000])
  expect(Math.min(...draws.dataSync())).toBeGreaterThan(0)
  expect(d.logProb(draws).dataSync().every(Number.isFinite)).toBe(true)
})
