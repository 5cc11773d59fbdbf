import { DomainError, ShapeError } from '@variate/core'
import { expect, test } from 'vitest'
import { multivariateNormalDiag } from '../src/index.ts'
import { laws } from './laws.ts'

laws('multivariateNormalDiag', multivariateNormalDiag)

test('parameters out of their domain or of other lengths are refused', () => {
  expect(() =>
    multivariateNormalDiag(
      [0, 0],
      [
        [1, 1],
        [1, 0],
      ],
    ),
  ).toThrow(new DomainError('multivariateNormalDiag: scaleDiag must be > 0, got 0 in entry 1 at [1]'))
  expect(() => multivariateNormalDiag([0, 0], [1, 1, 1])).toThrow(
    new ShapeError('multivariateNormalDiag: loc has length 2, scaleDiag 3'),
  )
})
