import { DomainError } from '@variate/core'
import { describe, expect, it } from 'vitest'
import { intervals, type IntervalRow } from '../src/intervals.ts'
import { renderSvg } from '../src/renderSvg.ts'
import { readSvg } from './readSvg.ts'

const rows: IntervalRow[] = ['A', 'B', 'C'].map((label, i) => ({
  label,
  intervals: [
    { at: i, low: i - 2, high: i + 1 },
    { at: i + 0.5, low: i - 1, high: i + 3 },
  ],
}))
const draw = async () =>
  readSvg(await renderSvg(intervals({ rows, series: ['posterior', 'data'], label: 'effect' })))

describe('intervals', () => {
  it('draws a line and a dot for each interval, and names rows and series once', async () => {
    const { all, texts } = await draw()
    expect(all('[aria-description="posterior"] path')).toHaveLength(3)
    expect(all('[aria-description="data"] path')).toHaveLength(3)
    expect(all('[aria-description="estimates"] circle')).toHaveLength(6)
    expect(texts()).toEqual(expect.arrayContaining(['A', 'B', 'C', '● posterior', '● data', 'effect']))
  })

  it('puts rows one below the other, the series of a row together', async () => {
    const { all } = await draw()
    const at = all('[aria-description="estimates"] circle').map((dot) => Number(dot.getAttribute('cy')))
    expect(at).toEqual(at.toSorted((a, b) => a - b))
    expect(at[2]! - at[1]!).toBeGreaterThan(at[1]! - at[0]!)
  })

  it('refuses what cannot be drawn', () => {
    const one = { label: 'x', intervals: [{ at: 0, low: 1, high: 0 }] }
    expect(() => intervals({ rows: [], series: ['a'], label: '' })).toThrow(DomainError)
    expect(() => intervals({ rows, series: ['a'], label: '' })).toThrow(/"A" has 2 intervals/)
    expect(() => intervals({ rows: [one], series: ['a'], label: '' })).toThrow(/low ≤ high, got 1 … 0/)
  })
})
