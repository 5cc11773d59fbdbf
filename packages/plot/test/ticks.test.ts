import { describe, expect, it } from 'vitest'
import { niceTicks, overlap, tickMargin, ticksAlong } from '../src/ticks.ts'

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

const along = (low: number, high: number, pixels: number, least?: number) => {
  const { ticks, tickFormat } = ticksAlong(low, high, pixels, least)
  return ticks.map(tickFormat)
}

describe('ticksAlong', () => {
  it('marks about ten places where there is room', () => {
    expect(along(0, 100, 600)).toEqual(['0', '10', '20', '30', '40', '50', '60', '70', '80', '90', '100'])
  })

  it('marks fewer on a narrow axis, and fewer still where numbers are long', () => {
    expect(along(0, 100, 200)).toEqual(['0', '20', '40', '60', '80', '100'])
    expect(along(1, 1400, 280, 1)).toEqual(['500', '1,000'])
    expect(along(1, 1_400_000, 280, 1)).toEqual(['500,000', '1,000,000'])
  })

  it('never lets numbers touch, and always marks one place', () => {
    for (const high of [2, 9, 50, 403, 1400, 9999, 1e6]) {
      for (let pixels = 20; pixels <= 700; pixels += 20) {
        const axis = ticksAlong(1, high, pixels, 1)
        expect(axis.ticks.length).toBeGreaterThan(0)
        expect(overlap(axis, pixels / (high - 1))).toBe(false)
      }
    }
  })

  it('marks the only place there is, and none where no whole number is', () => {
    expect(along(7, 7, 300, 1)).toEqual(['7'])
    expect(along(0.5, 0.5, 300, 1)).toEqual([])
  })
})
