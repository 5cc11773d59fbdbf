import { ndarray } from '@variate/core'
import { expect, test } from 'vitest'
import { normal } from '../../src/index.ts'

test('a distribution keeps its parameters when the array that they came in changes', () => {
  const loc = Float64Array.of(1, 2)
  const d = normal(ndarray(loc), 1)
  loc[0] = NaN
  expect(d.loc).toEqual({ shape: [2], data: Float64Array.of(1, 2) })
})
