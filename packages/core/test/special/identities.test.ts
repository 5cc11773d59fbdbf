import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { special } from '@variate/core'

// Identities of NIST's DLMF (numbers beside them): no value of ours is expected of itself.

/** A positive number of any size between 10^low and 10^high. */
const size = (low: number, high: number) =>
  fc.double({ min: low, max: high, noNaN: true }).map((e) => 10 ** e)
const within = (low: number, high: number) => fc.double({ min: low, max: high, noNaN: true })

/** |left − right| in units of the largest term, since its rounding error is what an identity can lose. */
function gap(left: number, right: number, largest: number): number {
  return left === right ? 0 : Math.abs(left - right) / Math.max(Math.abs(largest), Math.abs(left))
}

test('lgamma, digamma and trigamma obey the recurrence (5.5.1, 5.5.2, 5.15.5)', () => {
  fc.assert(
    fc.property(size(-8, 8), (x) => {
      expect(
        gap(special.lgamma(x + 1), special.lgamma(x) + Math.log(x), Math.abs(special.lgamma(x)) + 1),
      ).toBeLessThanOrEqual(1e-14 + 2e-16 * x)
      expect(gap(special.digamma(x + 1), special.digamma(x) + 1 / x, 1 + 1 / x)).toBeLessThanOrEqual(1e-14)
      expect(
        gap(special.trigamma(x + 1), special.trigamma(x) - 1 / (x * x), special.trigamma(x)),
      ).toBeLessThanOrEqual(1e-14)
    }),
  )
})

test('lgamma, digamma and trigamma obey the reflection formula (5.5.3, 5.5.4, 5.15.6)', () => {
  fc.assert(
    fc.property(within(0.001, 0.999), fc.integer({ min: 1, max: 50 }), (fraction, n) => {
      const x = fraction + n
      const sine = Math.sin(Math.PI * (x - n))
      const largest = special.lgamma(x) + 5
      expect(
        gap(special.lgamma(1 - x) + special.lgamma(x), Math.log(Math.PI / sine), largest),
      ).toBeLessThanOrEqual(1e-12)
      const cotangent = Math.PI / Math.tan(Math.PI * (x - n))
      expect(gap(special.digamma(1 - x) - special.digamma(x), cotangent, 5 + 1 / sine)).toBeLessThanOrEqual(
        1e-11,
      )
      expect(
        gap(special.trigamma(1 - x) + special.trigamma(x), (Math.PI / sine) ** 2, 1 / sine ** 2),
      ).toBeLessThanOrEqual(1e-10)
    }),
  )
})

test('polygamma obeys the recurrence, and is digamma and trigamma for n = 0 and 1 (5.15.5)', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 15 }), size(-3, 4), (n, x) => {
      const step = (n % 2 === 0 ? 1 : -1) * Math.exp(special.lgamma(n + 1) - (n + 1) * Math.log(x))
      expect(gap(special.polygamma(n, x + 1), special.polygamma(n, x) + step, step)).toBeLessThanOrEqual(
        1e-11,
      )
      expect(special.polygamma(0, x)).toBe(special.digamma(x))
      expect(special.polygamma(1, x)).toBe(special.trigamma(x))
    }),
  )
})

test('the differences of digamma and trigamma over 1 are 1/x and −1/x²', () => {
  fc.assert(
    fc.property(size(-8, 8), (x) => {
      expect(gap(special.digammaDifference(x, 1), 1 / x, 1 / x)).toBeLessThanOrEqual(1e-14)
      expect(gap(special.trigammaDifference(x, 1), -1 / (x * x), 1 / (x * x))).toBeLessThanOrEqual(1e-14)
    }),
  )
})

test('erf, erfc, erfcx and ndtr are one function', () => {
  fc.assert(
    fc.property(within(-26, 26), (x) => {
      expect(special.erf(-x)).toBe(-special.erf(x))
      expect(gap(special.erf(x) + special.erfc(x), 1, 1)).toBeLessThanOrEqual(4e-16)
      expect(gap(special.erfcx(x) * Math.exp(-x * x), special.erfc(x), 0)).toBeLessThanOrEqual(5e-13)
      expect(gap(special.ndtr(x * Math.SQRT2), 0.5 * special.erfc(-x), 0)).toBeLessThanOrEqual(5e-13)
      expect(gap(Math.exp(special.logNdtr(x)), special.ndtr(x), 0)).toBeLessThanOrEqual(5e-13)
    }),
  )
})

test('logarithms and exponentials of sums invert each other', () => {
  fc.assert(
    fc.property(size(-10, 2.5), within(-30, 30), (y, x) => {
      expect(gap(special.softplus(special.softplusInverse(y)), y, y)).toBeLessThanOrEqual(1e-14)
      expect(gap(special.log1mexp(special.log1mexp(-y)), -y, y)).toBeLessThanOrEqual(
        y > 30 ? Infinity : 1e-15 * Math.exp(y) + 1e-14,
      )
      expect(gap(special.logAddExp(x, 0), special.softplus(x), 1)).toBeLessThanOrEqual(1e-15)
    }),
  )
})

test('lbeta obeys the recurrence B(a + 1, b) = B(a, b)·a/(a + b) (5.12.1)', () => {
  fc.assert(
    fc.property(size(-8, 6), size(-8, 6), (a, b) => {
      const larger = Math.abs(special.lbeta(a, b)) + 1
      expect(
        gap(special.lbeta(a + 1, b), special.lbeta(a, b) - Math.log1p(b / a), larger),
      ).toBeLessThanOrEqual(1e-14)
      expect(special.lbeta(a, b)).toBe(special.lbeta(b, a))
    }),
  )
})

test('I₁ is the derivative of I₀ (10.29.3)', () => {
  fc.assert(
    fc.property(within(0.1, 100), (x) => {
      // The scaled function has the derivative i1e − i0e.
      const h = 1e-4 * Math.max(1, x)
      const slope = (special.i0e(x + h) - special.i0e(x - h)) / (2 * h)
      expect(gap(slope, special.i1e(x) - special.i0e(x), special.i0e(x))).toBeLessThanOrEqual(1e-6)
    }),
  )
})

test('P and Q sum to 1 and obey the recurrence (8.8.5)', () => {
  fc.assert(
    fc.property(size(-3, 6), within(-4, 4), (a, z) => {
      const x = Math.max(a + z * Math.sqrt(a), 0.01 * a)
      expect(gap(special.gammainc(a, x) + special.gammaincc(a, x), 1, 1)).toBeLessThanOrEqual(1e-14)
      const step = Math.exp(special.logGammaDensity(a + 1, x))
      expect(gap(special.gammainc(a + 1, x), special.gammainc(a, x) - step, 1)).toBeLessThanOrEqual(1e-12)
    }),
  )
})

test('the incomplete beta function is symmetric and obeys the recurrence (8.17.4, 8.17.20)', () => {
  fc.assert(
    fc.property(size(-3, 5), size(-3, 5), within(0.001, 0.999), (a, b, x) => {
      expect(gap(special.betainc(a, b, x) + special.betainc(b, a, 1 - x), 1, 1)).toBeLessThanOrEqual(1e-11)
      const step = Math.exp(special.logBetaDensity(x, 1 - x, a + 1, b)) * ((1 - x) / (a + b))
      expect(gap(special.betainc(a + 1, b, x), special.betainc(a, b, x) - step, 1)).toBeLessThanOrEqual(1e-11)
    }),
  )
})

test('the derivative of P in x is the density, that of I_x too', () => {
  fc.assert(
    fc.property(size(-1, 3), size(-1, 3), within(-2, 2), (a, b, z) => {
      const x = Math.max(a + z * Math.sqrt(a), 0.1 * a)
      const h = 1e-5 * Math.min(x, Math.sqrt(a))
      const slope = (special.gammainc(a, x + h) - special.gammainc(a, x - h)) / (2 * h)
      expect(gap(slope, Math.exp(special.logGammaDensity(a, x)), 1e-3 / h / 1e5)).toBeLessThanOrEqual(1e-6)
      const t = 1 / (1 + Math.exp(-z))
      const k = 1e-5 * Math.min(1, 1 / Math.sqrt(a + b))
      const rise = (special.betainc(a, b, t + k) - special.betainc(a, b, t - k)) / (2 * k)
      expect(gap(rise, Math.exp(special.logBetaDensity(t, 1 - t, a, b)), 1)).toBeLessThanOrEqual(1e-5)
    }),
  )
})

test('the probabilities of a binomial and of a negative binomial sum to 1', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 300 }),
      within(-5, 5),
      within(-5, 1),
      size(-2, 1.5),
      (n, logit, low, r) => {
        let binomial = 0
        for (let k = 0; k <= n; k++) binomial += Math.exp(special.logBinomialDensity(k, n, logit))
        expect(gap(binomial, 1, 1)).toBeLessThanOrEqual(1e-12)
        let negative = 0
        for (let k = 0; k <= 3000; k++) negative += Math.exp(special.logNegativeBinomialDensity(k, r, low))
        expect(gap(negative, 1, 1)).toBeLessThanOrEqual(1e-12)
      },
    ),
  )
})

test('Owen’s function has its closed forms at h = 0 and a = 1, and its symmetries', () => {
  fc.assert(
    fc.property(within(-10, 10), within(-20, 20), (h, a) => {
      expect(gap(special.owensT(0, a), Math.atan(a) / (2 * Math.PI), 0.25)).toBeLessThanOrEqual(1e-15)
      expect(gap(special.owensT(h, 1), 0.5 * special.ndtr(h) * special.ndtr(-h), 0)).toBeLessThanOrEqual(
        1e-13,
      )
      expect(special.owensT(-h, a)).toBe(special.owensT(h, a))
      expect(special.owensT(h, -a)).toBe(-special.owensT(h, a))
    }),
  )
})

test('the von Mises distribution function is symmetric, uniform at κ = 0 and counts turns', () => {
  fc.assert(
    fc.property(within(-3.14, 3.14), size(-3, 6), (x, kappa) => {
      expect(gap(special.vonMisesCdf(x, kappa) + special.vonMisesCdf(-x, kappa), 1, 1)).toBeLessThanOrEqual(
        1e-14,
      )
      expect(gap(special.vonMisesCdf(x, 0), 0.5 + x / (2 * Math.PI), 1)).toBeLessThanOrEqual(1e-14)
      expect(
        gap(special.vonMisesCdf(x + 2 * Math.PI, 1), 1 + special.vonMisesCdf(x, 1), 1),
      ).toBeLessThanOrEqual(1e-14)
    }),
  )
})
