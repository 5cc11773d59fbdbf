import { DomainError } from '@variate/core'
import { expect, test } from 'vitest'
import { rayleigh } from '../src/index.ts'
import { laws } from './laws.ts'

laws('rayleigh', rayleigh)

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => rayleigh([1, -1])).toThrow(new DomainError('rayleigh: scale must be > 0, got -1 at [1]'))
})
