import { DomainError } from '@variate/core'
import { expect, test } from 'vitest'
import { halfCauchy } from '../src/index.ts'
import { laws } from './laws.ts'

laws('halfCauchy', halfCauchy)

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => halfCauchy([1, 0])).toThrow(new DomainError('halfCauchy: scale must be > 0, got 0 at [1]'))
})
