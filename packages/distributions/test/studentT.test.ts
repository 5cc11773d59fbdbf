import { DomainError, ShapeError } from '@variate/core'
import { expect, test } from 'vitest'
import { studentT } from '../src/index.ts'
import { laws } from './laws.ts'

laws('studentT', studentT)

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => studentT([3, 0], 0, 1)).toThrow(new DomainError('studentT: df must be > 0, got 0 at [1]'))
  expect(() => studentT(3, NaN, 1)).toThrow(new DomainError('studentT: loc must be finite, got NaN'))
  expect(() => studentT(3, 0, -2)).toThrow(new DomainError('studentT: scale must be > 0, got -2'))
})

test('shapes that do not broadcast are refused', () => {
  expect(() => studentT([1, 2], [1, 2, 3], 1)).toThrow(ShapeError)
})

// The same density in mpmath: 50 digits, ν = 10⁸.
test('is the normal distribution with many degrees of freedom, to its last digit', () => {
  expect(studentT(1e8, 0, 1).logProb(2).arraySync()).toBeCloseTo(-2.918938525704673, 6)
})

test('moments that do not exist are NaN, infinite ones infinite', () => {
  expect(studentT([0.5, 1.5, 3], 2, 1).mean().arraySync()).toEqual([NaN, 2, 2])
  expect(studentT([0.5, 1.5, 3], 2, 1).variance().arraySync()).toEqual([NaN, Infinity, 3])
})
