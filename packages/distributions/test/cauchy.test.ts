import { DomainError, ShapeError } from '@variate/core'
import { expect, test } from 'vitest'
import { cauchy } from '../src/index.ts'
import { laws } from './laws.ts'

laws('cauchy', cauchy)

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => cauchy(0, [1, 0])).toThrow(new DomainError('cauchy: scale must be > 0, got 0 at [1]'))
  expect(() => cauchy([[0, Infinity]], 1)).toThrow(
    new DomainError('cauchy: loc must be finite, got Infinity at [0, 1]'),
  )
})

test('shapes that do not broadcast are refused', () => {
  expect(() => cauchy([0, 1], [1, 2, 3])).toThrow(ShapeError)
})
