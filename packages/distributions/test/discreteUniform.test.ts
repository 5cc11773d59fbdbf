import { DomainError } from '@variate/core'
import { expect, test } from 'vitest'
import { discreteUniform } from '../src/index.ts'
import { laws } from './laws.ts'

laws('discreteUniform', discreteUniform, { structural: [0, 1] })

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => discreteUniform(0.5, 2)).toThrow(
    new DomainError('discreteUniform: low must be a whole number, got 0.5'),
  )
  expect(() => discreteUniform(0, [1, -1])).toThrow(
    new DomainError('discreteUniform: low must be ≤ high, got low 0, high -1 at [1]'),
  )
})
