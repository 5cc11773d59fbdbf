import { NdArray, ShapeError, toMatrix } from '@variate/core'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { Table } from '../src/table.ts'

describe('Table', () => {
  const table = new Table(Float64Array.of(1, 10, 2, 20, 3, 30), ['width', 'height'])

  it('is an NdArray with one row for each observation', () => {
    expect(table).toBeInstanceOf(NdArray)
    expect(table.shape).toEqual([3, 2])
    expect(table.toNested()).toEqual([
      [1, 10],
      [2, 20],
      [3, 30],
    ])
  })

  it('goes where a matrix is taken, without a copy', () => {
    expect(toMatrix(table, 'test').data).toBe(table.data)
  })

  it('hands out a column by name', () => {
    expect(table.column('width')).toEqual(Float64Array.of(1, 2, 3))
    expect(table.column('height')).toEqual(Float64Array.of(10, 20, 30))
  })

  it('knows the names of its columns when it is type-checked', () => {
    expectTypeOf(table.columns).toEqualTypeOf<readonly ('width' | 'height')[]>()
    expectTypeOf(table.column).parameter(0).toEqualTypeOf<'width' | 'height'>()
  })

  it('says which columns there are when asked for another', () => {
    const loose: Table = table
    expect(() => loose.column('depth')).toThrow(
      new ShapeError('table: no column "depth"; there are width, height'),
    )
  })

  it('refuses values that do not make whole rows, and names that occur twice', () => {
    const values = Float64Array.of(1, 2, 3)
    expect(() => new Table(values, ['a', 'b'])).toThrow('table: 3 values do not make rows of 2 columns')
    expect(() => new Table(values, [])).toThrow(ShapeError)
    expect(() => new Table(values, ['a', 'b', 'a'])).toThrow('table: column "a" occurs twice')
  })
})
