import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { special } from '@variate/core'

const size = (low: number, high: number) =>
  fc.double({ min: low, max: high, noNaN: true }).map((e) => 10 ** e)
const probability = fc.oneof(size(-290, -0.31), fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }))

/**
 * How far forward(inverse(p)) may be from p, relatively: by what one unit in the last place of x does, which is
 * x·density/p, and by the rounding of a probability whose logarithm is large.
 */
function allowed(p: number, sensitivity: number): number {
  return 1e-13 * (1 - Math.log(p)) + 2e-15 * sensitivity
}

test('ndtri and erfinv invert ndtr and erf', () => {
  fc.assert(
    fc.property(probability, (p) => {
      const x = special.ndtri(p)
      expect(Math.abs(special.ndtr(x) / p - 1)).toBeLessThanOrEqual(allowed(p, 1 + x * x * 4))
      const z = special.erfinv(p)
      expect(Math.abs(special.erf(z) / p - 1)).toBeLessThanOrEqual(allowed(p, 1))
    }),
  )
})

test('gammaincInverse inverts gammainc for shapes from 1e-6 to 1e8', () => {
  fc.assert(
    fc.property(size(-6, 8), probability, (a, p) => {
      const x = special.gammaincInverse(a, p)
      if (x < 1e-290) return
      const density = Math.exp(special.logGammaDensity(a, x) - Math.log(p))
      expect(Math.abs(special.gammainc(a, x) / p - 1)).toBeLessThanOrEqual(allowed(p, x * density))
    }),
    { numRuns: 500 },
  )
})

test('gammainccInverse inverts gammaincc for shapes from 1e-6 to 1e8', () => {
  fc.assert(
    fc.property(size(-6, 8), probability, (a, q) => {
      const x = special.gammainccInverse(a, q)
      if (x < 1e-290) return
      const density = Math.exp(special.logGammaDensity(a, x) - Math.log(q))
      expect(Math.abs(special.gammaincc(a, x) / q - 1)).toBeLessThanOrEqual(allowed(q, x * density))
    }),
    { numRuns: 500 },
  )
})

test('betaincInverse inverts betainc for parameters from 1e-6 to 1e8', () => {
  fc.assert(
    fc.property(size(-6, 8), size(-6, 8), probability, (a, b, p) => {
      const x = special.betaincInverse(a, b, p)
      if (x < 1e-290 || x === 1) return
      // Both x and 1 − x are rounded.
      const density = Math.exp(special.logBetaDensity(x, 1 - x, a, b) - Math.log(p))
      expect(Math.abs(special.betainc(a, b, x) / p - 1)).toBeLessThanOrEqual(allowed(p, x * density))
    }),
    { numRuns: 500 },
  )
})

test('quantiles are 0 and ∞, or 0 and 1, at the ends', () => {
  expect([0, 1].map((p) => special.gammaincInverse(3, p))).toEqual([0, Infinity])
  expect([0, 1].map((q) => special.gammainccInverse(3, q))).toEqual([Infinity, 0])
  expect([0, 1].map((p) => special.betaincInverse(3, 2, p))).toEqual([0, 1])
  expect(special.gammaincInverse(1e-5, 0.5)).toBe(0)
  expect(special.betaincInverse(1e-5, 1, 0.5)).toBe(0)
  expect(special.betaincInverse(1, 1e-5, 0.5)).toBe(1)
})
