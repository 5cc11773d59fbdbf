import { describe, expect, it } from 'vitest'
import { formatNumber } from '../src/formatNumber.ts'

describe('formatNumber', () => {
  it('writes numbers for a reader', () => {
    expect([-1130.26396, 2314.2971, 0, 5, 0.123456, 1e9, -2.5e-7].map(formatNumber)).toEqual([
      '−1,130.26',
      '2,314.30',
      '0.00',
      '5.00',
      '0.1235',
      '1.00e+9',
      '−2.50e−7',
    ])
  })
})
