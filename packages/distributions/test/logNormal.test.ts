import { DomainError, ShapeError } from '@variate/core'
import { expect, test } from 'vitest'
import { logNormal } from '../src/index.ts'
import { laws } from './laws.ts'

laws('logNormal', logNormal)

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => logNormal(0, [1, 0])).toThrow(new DomainError('logNormal: scale must be > 0, got 0 at [1]'))
  expect(() => logNormal(-Infinity, 1)).toThrow(
    new DomainError('logNormal: loc must be finite, got -Infinity'),
  )
})

test('shapes that do not broadcast are refused', () => {
  expect(() => logNormal([0, 1], [1, 2, 3])).toThrow(ShapeError)
})
