import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fusedMultiplyAdd } from '../../src/random/fusedMultiplyAdd.ts'

describe('fusedMultiplyAdd', () => {
  it('rounds once: the expected values are those of BigInt, exact until the last conversion', () => {
    const whole = fc.maxSafeInteger()
    fc.assert(
      fc.property(whole, whole, whole, (a, b, c) => {
        expect(fusedMultiplyAdd(a, b, c)).toBe(Number(BigInt(a) * BigInt(b) + BigInt(c)))
      }),
    )
  })

  it('keeps what the rounded product loses', () => {
    expect(fusedMultiplyAdd(0.1, 10, -1)).toBe(2 ** -54)
  })

  it('does not overflow on large factors', () => {
    expect(fusedMultiplyAdd(0.5, 1e308, 1e307)).toBe(6e307)
    expect(fusedMultiplyAdd(0, 1e308, -5)).toBe(-5)
  })
})
