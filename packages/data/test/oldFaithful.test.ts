import { describe, expect, expectTypeOf, it } from 'vitest'
import { oldFaithful } from '../src/oldFaithful.ts'
import type { Table } from '../src/table.ts'
import { readCsv } from './readCsv.ts'

describe('oldFaithful', () => {
  it("holds the 272 rows of R's faithful, digit for digit", () => {
    const rows = readCsv('old-faithful.csv').map((row) => row.map(Number))
    expect(rows).toHaveLength(272)
    expect(oldFaithful().toNested()).toEqual(rows)
  })

  // numpy 2 on the CSV file: mean(0), cov
  it('has the means and covariances that NumPy computes', () => {
    const x = oldFaithful()
    const [eruptions, waiting] = [x.column('eruptions'), x.column('waiting')]
    expect(mean(eruptions)).toBeCloseTo(3.48778309, 8)
    expect(mean(waiting)).toBeCloseTo(70.89705882, 8)
    expect(covariance(eruptions, eruptions)).toBeCloseTo(1.30272833, 8)
    expect(covariance(eruptions, waiting)).toBeCloseTo(13.97780785, 8)
    expect(covariance(waiting, waiting)).toBeCloseTo(184.82331235, 8)
  })

  it('names its columns, also to the type checker', () => {
    expect(oldFaithful().columns).toEqual(['eruptions', 'waiting'])
    expectTypeOf(oldFaithful()).toEqualTypeOf<Table<'eruptions' | 'waiting'>>()
  })

  it('is a fresh copy each call', () => {
    oldFaithful().data.fill(0)
    expect(oldFaithful().at(0, 0)).toBe(3.6)
  })
})

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function covariance(a: Float64Array, b: Float64Array): number {
  const [meanA, meanB] = [mean(a), mean(b)]
  return a.reduce((sum, value, i) => sum + (value - meanA) * (b[i]! - meanB), 0) / (a.length - 1)
}
