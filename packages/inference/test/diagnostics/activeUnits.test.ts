import { DomainError, ndarray, ShapeError } from '@variate/core'
import { expect, test } from 'vitest'
import { activeUnits } from '@variate/inference'

test('variances are those of 1 … n, n (n + 1) / 12, wherever the numbers lie', () => {
  const n = 25
  const variance = (n * (n + 1)) / 12
  const rows = Array.from({ length: n }, (_, i) => [i, 0.01 * i, 1e7 + 0.5 * i, 3])
  const { variances, active, count } = activeUnits(rows)
  expect(variances[0]).toBeCloseTo(variance, 10)
  expect(variances[1]).toBeCloseTo(1e-4 * variance, 12)
  expect(variances[2]).toBeCloseTo(variance / 4, 6)
  expect(variances[3]).toBe(0)
  expect(active).toEqual([0, 2])
  expect(count).toBe(2)
})

test('a dimension is active above the threshold, not at it', () => {
  const rows = [
    [0, 0],
    [1, 2],
  ] // variances 0.5 and 2
  expect(activeUnits(rows, { threshold: 0.5 }).active).toEqual([1])
  expect(activeUnits(rows, { threshold: 0.49 }).active).toEqual([0, 1])
  expect(activeUnits(rows, { threshold: 3 })).toMatchObject({ active: [], count: 0 })
})

test('what was given as float32 is taken, and left as it is', () => {
  const means = ndarray(Float32Array.of(0, 1, 2, 5), [2, 2])
  expect(activeUnits(means).variances).toEqual(Float64Array.of(2, 8))
  expect(means.data).toEqual(Float32Array.of(0, 1, 2, 5))
})

test('one row, none, what is not finite and a threshold below 0 are refused', () => {
  expect(() => activeUnits([[1, 2]])).toThrow(
    new ShapeError('activeUnits: means must have two rows or more, got shape [1,2]'),
  )
  expect(() => activeUnits([])).toThrow(ShapeError)
  expect(() => activeUnits([[1], [Number.NaN]])).toThrow(
    new DomainError('activeUnits: means must be finite, got NaN at row 1, column 0'),
  )
  expect(() => activeUnits([[1], [2]], { threshold: -1 })).toThrow('threshold must be ≥ 0, got -1')
  expect(() => activeUnits([[1], [2]], { threshold: Number.NaN })).toThrow(DomainError)
})
