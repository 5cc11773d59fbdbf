import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fastLog } from '../../src/random/fastLog.ts'

const logOf = (x: number): number => fastLog(new Int32Array(Float32Array.of(x).buffer)[0]!)

describe('fastLog', () => {
  it('is within 6e-12 of Math.log for float32 numbers in (0, 1]', () => {
    fc.assert(
      fc.property(fc.float({ min: Math.fround(2 ** -126), max: 1, noNaN: true }), (x) => {
        expect(Math.abs(logOf(x) - Math.log(x))).toBeLessThan(6e-12)
      }),
      { numRuns: 2000 },
    )
    expect(logOf(1)).toBe(0)
  })
})
