import { DomainError, ShapeError } from '@variate/core'
import { expect, test } from 'vitest'
import { matrixNormal } from '../src/index.ts'
import { laws } from './laws.ts'

laws('matrixNormal', matrixNormal)

test('parameters out of their domain or of other lengths are refused', () => {
  expect(() =>
    matrixNormal(
      [[0, 0]],
      [[0]],
      [
        [1, 0],
        [0, 1],
      ],
    ),
  ).toThrow(
    new DomainError(
      'matrixNormal: scaleTrilRow must be lower triangular with a positive diagonal, got 0 in row 0, column 0',
    ),
  )
  expect(() =>
    matrixNormal(
      [[0, 0]],
      [
        [1, 0],
        [0, 1],
      ],
      [
        [1, 0],
        [0, 1],
      ],
    ),
  ).toThrow(new ShapeError('matrixNormal: a column of loc has length 1, scaleTrilRow 2'))
  expect(() => matrixNormal([[0, 0]], [[1]], [[1]])).toThrow(
    new ShapeError('matrixNormal: a row of loc has length 2, scaleTrilColumn 1'),
  )
})
