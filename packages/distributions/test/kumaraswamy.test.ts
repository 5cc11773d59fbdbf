import { DomainError } from '@variate/core'
import { expect, test } from 'vitest'
import { kumaraswamy } from '../src/index.ts'
import { laws } from './laws.ts'

laws('kumaraswamy', kumaraswamy)

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => kumaraswamy(2, [1, 0])).toThrow(
    new DomainError('kumaraswamy: concentration0 must be > 0, got 0 at [1]'),
  )
  expect(() => kumaraswamy(NaN, 1)).toThrow(
    new DomainError('kumaraswamy: concentration1 must be > 0, got NaN'),
  )
})
