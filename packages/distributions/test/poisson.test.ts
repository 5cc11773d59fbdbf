import { DomainError } from '@variate/core'
import { expect, test } from 'vitest'
import { poisson } from '../src/index.ts'
import { laws } from './laws.ts'

laws('poisson', poisson)

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => poisson([1, -1])).toThrow(new DomainError('poisson: rate must be ≥ 0, got -1 at [1]'))
  expect(() => poisson(NaN)).toThrow(new DomainError('poisson: rate must be ≥ 0, got NaN'))
})

test('a rate of 0 makes 0 certain', () => {
  expect(poisson(0).logProb([0, 1]).arraySync()).toEqual([0, -Infinity])
})
