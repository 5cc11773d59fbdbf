import { DomainError, UnsupportedError } from '@variate/core'
import { expect, test } from 'vitest'
import { hypergeometric } from '../src/index.ts'
import { laws } from './laws.ts'

laws('hypergeometric', hypergeometric, { structural: [0, 1, 2] })

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => hypergeometric(10, 11, 3)).toThrow(
    new DomainError('hypergeometric: successes must be ≤ total, got successes 11, total 10'),
  )
  expect(() => hypergeometric(10, 5, [3, 11])).toThrow(
    new DomainError('hypergeometric: draws must be ≤ total, got draws 11, total 10 at [1]'),
  )
  expect(() => hypergeometric(10, 2.5, 3)).toThrow(
    new DomainError('hypergeometric: successes must be a whole number ≥ 0, got 2.5'),
  )
})

test('the counts that are possible are enumerated, if they are the same in the whole batch', () => {
  expect(hypergeometric(10, 8, 6).enumerateSupport().arraySync()).toEqual([4, 5, 6])
  const alike = hypergeometric([10, 20], [2, 3], [3, 2])
  expect(alike.enumerateSupport().arraySync()).toEqual([[0], [1], [2]])
  expect(() => hypergeometric(10, [2, 3], 5).enumerateSupport()).toThrow(
    new UnsupportedError(
      'hypergeometric: an end of the support differs within the batch, so that supports do: they cannot be enumerated',
    ),
  )
})

test('quantiles of 0 and 1 are the ends of the support', () => {
  expect(
    hypergeometric([10, 10], [8, 3], 6)
      .icdf([[0], [1]])
      .arraySync(),
  ).toEqual([
    [4, 0],
    [6, 3],
  ])
})
