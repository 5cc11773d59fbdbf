import { DomainError } from '@variate/core'
import { expect, test } from 'vitest'
import { pareto } from '../src/index.ts'
import { laws } from './laws.ts'

laws('pareto', pareto)

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => pareto(2, [1, 0])).toThrow(new DomainError('pareto: alpha must be > 0, got 0 at [1]'))
  expect(() => pareto(NaN, 1)).toThrow(new DomainError('pareto: scale must be > 0, got NaN'))
})
