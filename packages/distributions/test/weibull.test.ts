import { DomainError } from '@variate/core'
import { expect, test } from 'vitest'
import { weibull } from '../src/index.ts'
import { laws } from './laws.ts'

laws('weibull', weibull)

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => weibull(2, [1, 0])).toThrow(
    new DomainError('weibull: concentration must be > 0, got 0 at [1]'),
  )
  expect(() => weibull(NaN, 1)).toThrow(new DomainError('weibull: scale must be > 0, got NaN'))
})
