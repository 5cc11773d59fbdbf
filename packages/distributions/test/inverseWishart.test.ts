import { DomainError, ShapeError } from '@variate/core'
import { expect, test } from 'vitest'
import { inverseWishart } from '../src/index.ts'
import { laws } from './laws.ts'

laws('inverseWishart', inverseWishart)

test('parameters out of their domain are refused', () => {
  expect(() =>
    inverseWishart(1, {
      scale: [
        [1, 0],
        [0, 1],
      ],
    }),
  ).toThrow(new DomainError('inverseWishart: df must be > 1, got 1'))
  expect(() =>
    inverseWishart(3, {
      scale: [
        [1, 2],
        [2, 1],
      ],
    }),
  ).toThrow(
    new DomainError(
      'inverseWishart: scale must be symmetric positive definite, got a pivot that is not positive in row 1',
    ),
  )
  expect(() => inverseWishart(3, {} as never)).toThrow(
    'inverseWishart: give either scaleTril or scale, got neither',
  )
  expect(() => inverseWishart(3, { scale: [[1, 0]] })).toThrow(
    new ShapeError('inverseWishart: scale must be square, got shape [1, 2]'),
  )
})
