import { DomainError } from '@variate/core'
import { expect, test } from 'vitest'
import { negativeBinomial2 } from '../src/index.ts'
import { laws } from './laws.ts'

laws('negativeBinomial2', negativeBinomial2)

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => negativeBinomial2(-1, 2)).toThrow(
    new DomainError('negativeBinomial2: mean must be > 0, got -1'),
  )
  expect(() => negativeBinomial2(1, [2, 0])).toThrow(
    new DomainError('negativeBinomial2: concentration must be > 0, got 0 at [1]'),
  )
})
