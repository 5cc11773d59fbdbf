import { DomainError } from '@variate/core'
import { expect, test } from 'vitest'
import { halfNormal } from '../src/index.ts'
import { laws } from './laws.ts'

laws('halfNormal', halfNormal)

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => halfNormal([1, NaN])).toThrow(new DomainError('halfNormal: scale must be > 0, got NaN at [1]'))
})
