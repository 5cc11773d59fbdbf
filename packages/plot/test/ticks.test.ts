import { describe, expect, it } from 'vitest'
import { niceTicks, tickMargin } from '../src/ticks.ts'

const written = (low: number, high: number, count: number, least?: number) => {
  const { ticks, tickFormat } = niceTicks(low, high, count, least)
  return ticks.map(tickFormat)
}

describe('niceTicks', () => {
  it('takes round numbers inside the interval', () => {
    expect(written(0, 10, 5)).toEqual(['0', '2', '4', '6', '8', '10'])
    expect(written(-1290, -1130, 6)).toEqual(['−1,250', '−1,200', '−1,150'])
    expect(written(0.013, 0.061, 5)).toEqual(['0.02', '0.03', '0.04', '0.05', '0.06'])
  })

  it('writes as many decimals as the interval has', () => {
    expect(written(1, 3, 5)).toEqual(['1.0', '1.5', '2.0', '2.5', '3.0'])
    expect(written(-2e-7, 2e-7, 4)).toEqual([
      '−0.0000002',
      '−0.0000001',
      '0.0000000',
      '0.0000001',
      '0.0000002',
    ])
  })

  it('does not count in fractions when told the least interval', () => {
    expect(written(1, 3, 10, 1)).toEqual(['1', '2', '3'])
    expect(written(7, 7, 10, 1)).toEqual(['7'])
  })

  it('makes room for the longest number', () => {
    expect(tickMargin(niceTicks(-1e6, 0, 5))).toBeGreaterThan(tickMargin(niceTicks(0, 5, 5)))
  })
})
