import { DomainError, ShapeError, key } from '@variate/core'
import { expect, test } from 'vitest'
import { autoregressive } from '../src/index.ts'
import { laws } from './laws.ts'

laws('autoregressive', autoregressive, { structural: [2] })

test('parameters out of their domain are refused', () => {
  expect(() => autoregressive([0.5, NaN], 1, 3)).toThrow(
    new DomainError('autoregressive: coefficients must be finite, got NaN in entry 1'),
  )
  expect(() => autoregressive(0.5 as never, 1, 3)).toThrow(
    new ShapeError('autoregressive: coefficients must be a vector or an array of them, got shape []'),
  )
  expect(() => autoregressive([0.5], 1, 0)).toThrow(
    new DomainError('autoregressive: steps must be a whole number ≥ 1, got 0'),
  )
})

test('batches of coefficients and scales broadcast', () => {
  const d = autoregressive([[[0.5]], [[0.9]]], [1, 2, 3], 4)
  expect(d.batchShape).toEqual([2, 3])
  expect(d.sample(key(0), [5]).shape).toEqual([5, 2, 3, 4])
  expect(d.covarianceMatrix().shape).toEqual([2, 3, 4, 4])
  const variances = d.variance().arraySync() as number[][][]
  expect(variances[1]![2]![1]).toBeCloseTo(9 * 1.81, 4)
})
