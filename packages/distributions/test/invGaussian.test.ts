import { DomainError } from '@variate/core'
import { expect, test } from 'vitest'
import { invGaussian } from '../src/index.ts'
import { laws } from './laws.ts'

laws('invGaussian', invGaussian)

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => invGaussian(2, [1, 0])).toThrow(
    new DomainError('invGaussian: concentration must be > 0, got 0 at [1]'),
  )
  expect(() => invGaussian(NaN, 1)).toThrow(new DomainError('invGaussian: mean must be > 0, got NaN'))
})
