import { DomainError } from '@variate/core'
import { expect, test } from 'vitest'
import { vonMises } from '../src/index.ts'
import { laws } from './laws.ts'

laws('vonMises', vonMises, { isCircular: true })

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => vonMises(2, [1, 0])).toThrow(
    new DomainError('vonMises: concentration must be > 0, got 0 at [1]'),
  )
  expect(() => vonMises(NaN, 1)).toThrow(new DomainError('vonMises: loc must be finite, got NaN'))
})
