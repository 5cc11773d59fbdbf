import { DomainError, ShapeError } from '@variate/core'
import { expect, test } from 'vitest'
import { gaussianRandomWalk } from '../src/index.ts'
import { laws } from './laws.ts'

laws('gaussianRandomWalk', gaussianRandomWalk, { structural: [1] })

test('parameters out of their domain are refused', () => {
  expect(() => gaussianRandomWalk(0, 3)).toThrow(
    new DomainError('gaussianRandomWalk: scale must be > 0, got 0'),
  )
  expect(() => gaussianRandomWalk(1, 2.5)).toThrow(
    new DomainError('gaussianRandomWalk: steps must be a whole number ≥ 1, got 2.5'),
  )
  expect(() => gaussianRandomWalk(1, 3).logProb([0, 0])).toThrow(ShapeError)
})
