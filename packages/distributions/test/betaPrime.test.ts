import { DomainError } from '@variate/core'
import { expect, test } from 'vitest'
import { betaPrime } from '../src/index.ts'
import { laws } from './laws.ts'

laws('betaPrime', betaPrime)

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => betaPrime(2, [1, 0])).toThrow(
    new DomainError('betaPrime: concentration0 must be > 0, got 0 at [1]'),
  )
  expect(() => betaPrime(NaN, 1)).toThrow(new DomainError('betaPrime: concentration1 must be > 0, got NaN'))
})
