import { DomainError } from '@variate/core'
import { expect, test } from 'vitest'
import { inverseGamma } from '../src/index.ts'
import { laws } from './laws.ts'

laws('inverseGamma', inverseGamma)

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => inverseGamma(2, [1, 0])).toThrow(
    new DomainError('inverseGamma: rate must be > 0, got 0 at [1]'),
  )
  expect(() => inverseGamma(NaN, 1)).toThrow(
    new DomainError('inverseGamma: concentration must be > 0, got NaN'),
  )
})
