import { DomainError, ShapeError } from '@variate/core'
import { expect, test } from 'vitest'
import { multivariateNormalLowRank } from '../src/index.ts'
import { laws } from './laws.ts'

laws('multivariateNormalLowRank', multivariateNormalLowRank)

test('parameters out of their domain or of other lengths are refused', () => {
  expect(() => multivariateNormalLowRank([0, 0], [[1], [Infinity]], [1, 1])).toThrow(
    new DomainError('multivariateNormalLowRank: covFactor must be finite, got Infinity in row 1, column 0'),
  )
  expect(() => multivariateNormalLowRank([0, 0], [[1], [1]], [1, -1])).toThrow(
    new DomainError('multivariateNormalLowRank: covDiag must be > 0, got -1 in entry 1'),
  )
  expect(() => multivariateNormalLowRank([0, 0], [[1, 1]], [1, 1])).toThrow(
    new ShapeError('multivariateNormalLowRank: loc has length 2, covFactor 1'),
  )
  expect(() => multivariateNormalLowRank([0, 0], [1, 1], [1, 1])).toThrow(
    'covFactor must be a matrix or an array of them, got shape [2]',
  )
})
