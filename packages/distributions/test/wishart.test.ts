import { DomainError, ShapeError } from '@variate/core'
import { expect, test } from 'vitest'
import { wishart } from '../src/index.ts'
import { laws } from './laws.ts'

laws('wishart', wishart)

test('parameters out of their domain are refused', () => {
  expect(() =>
    wishart(1, {
      scale: [
        [1, 0],
        [0, 1],
      ],
    }),
  ).toThrow(new DomainError('wishart: df must be > 1, got 1'))
  expect(() =>
    wishart(3, {
      scale: [
        [1, 2],
        [2, 1],
      ],
    }),
  ).toThrow(
    new DomainError(
      'wishart: scale must be symmetric positive definite, got a pivot that is not positive in row 1',
    ),
  )
  expect(() => wishart(3, {} as never)).toThrow('wishart: give either scaleTril or scale, got neither')
  expect(() => wishart(3, { scale: [[1, 0]] })).toThrow(
    new ShapeError('wishart: scale must be square, got shape [1, 2]'),
  )
})
