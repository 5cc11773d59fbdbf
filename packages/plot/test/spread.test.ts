import { describe, expect, it } from 'vitest'
import { spread } from '../src/spread.ts'

describe('spread', () => {
  it('leaves positions that are far enough apart', () => {
    expect(spread([10, 0, 30], 10)).toEqual([10, 0, 30])
    expect(spread([], 10)).toEqual([])
  })

  it('moves neighbours apart around their mean, in their order', () => {
    expect(spread([0, 0], 2)).toEqual([-1, 1])
    expect(spread([1, 10, 0], 4)).toEqual([2.5, 10, -1.5])
  })

  // By hand: 0, 1, 2 with a gap of 4 stand around 1, which pushes 5 up; the four then stand around 2.
  it('lets a block that grows push its neighbours', () => {
    expect(spread([0, 1, 2, 5], 4)).toEqual([-4, 0, 4, 8])
  })
})
