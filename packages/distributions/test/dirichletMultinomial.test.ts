import { DomainError } from '@variate/core'
import { expect, test } from 'vitest'
import { dirichletMultinomial } from '../src/index.ts'
import { laws } from './laws.ts'

laws('dirichletMultinomial', dirichletMultinomial, { structural: [1] })

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => dirichletMultinomial([1, -1], 3)).toThrow(
    new DomainError('dirichletMultinomial: concentration must be > 0, got -1 in entry 1'),
  )
  expect(() => dirichletMultinomial([1, 1], 0.5)).toThrow(
    new DomainError('dirichletMultinomial: total must be a whole number ≥ 0, got 0.5'),
  )
})
