import { UnsupportedError } from '../../errors.ts'
import { mul, neg, sub } from '../arithmetic.ts'
import { elementwise } from '../elementwise.ts'
import { exp } from '../exponential.ts'
import type { Binary, Join, Real } from '../real.ts'

/** Bₙ/n! for n = 2, 4, …, 26, with the sign of Bₙ. */
const BERNOULLI_OVER_FACTORIAL: readonly number[] = [
  0.08333333333333333, -0.001388888888888889, 3.306878306878307e-5, -8.267195767195768e-7,
  2.08767569878681e-8, -5.284190138687493e-10, 1.3382536530684679e-11, -3.3896802963225827e-13,
  8.586062056277845e-15, -2.174868698558062e-16, 5.5090028283602295e-18, -1.3954464685812522e-19,
  3.534707039629467e-21,
]

/**
 * The n-th derivative in t of log ((eᵗ − 1)/t), the logarithm of the mean of exp(t·x) over 0 ≤ x ≤ 1: for n = 1 and 2
 * the mean and the variance of the continuous Bernoulli distribution with logit t. Smooth through t = 0.
 */
export function tiltCumulant<T extends Real>(n: number, t: T): Join<T> {
  return kernel(n, t) as Join<T>
}

const kernel: Binary = /* @__PURE__ */ elementwise('tiltCumulant', (n, t) => cumulant(n, t), [
  null,
  (dy, n, t) => mul(dy, tiltCumulant((n as number) + 1, t!)),
]) as Binary

function cumulant(n: number, t: number): number {
  if (Math.abs(t) < 1) return series(n, t)
  const s = Math.abs(t)
  const sign = t < 0 && n % 2 === 1 ? -1 : 1
  const e = Math.exp(-s)
  const d = 1 - e
  // q = e/(1 − e) and its derivatives in s, −q·(1 + q) …, beside those of −log s.
  const q = e / d
  if (n === 0) return (t > 0 ? s : 0) + Math.log(d / s)
  if (n === 1) return t > 0 ? 1 + q - 1 / s : 1 / s - q
  if (n === 2) return 1 / (s * s) - q * (1 + q)
  if (n === 3) return sign * (q * (1 + q) * (1 + 2 * q) - 2 / s ** 3)
  if (n === 4) return 6 / s ** 4 - q * (1 + q) * (1 + 6 * q * (1 + q))
  throw new UnsupportedError(`tiltCumulant: cumulants are implemented up to order 4, got ${n}`)
}

/** t/2 + Σ Bₖ/k!·tᵏ/k, differentiated n times. */
function series(n: number, t: number): number {
  let sum = 0
  for (let i = BERNOULLI_OVER_FACTORIAL.length - 1; i >= 0; i--) {
    const k = 2 * (i + 1)
    if (k < n) break
    let power = 1 / k
    for (let j = 0; j < n; j++) power *= k - j
    sum += BERNOULLI_OVER_FACTORIAL[i]! * power * t ** (k - n)
  }
  return sum + (n === 0 ? t / 2 : n === 1 ? 0.5 : 0)
}

/** x·t − log ((eᵗ − 1)/t), the log density of the continuous Bernoulli distribution, rounded once. */
export const logTilt: Binary = /* @__PURE__ */ elementwise('logTilt', (x, t) => logTiltOf(x, t), [
  (dy, _, t) => mul(dy, t!),
  (dy, x, t) => mul(dy, sub(x!, tiltCumulant(1, t!))),
]) as Binary

function logTiltOf(x: number, t: number): number {
  return t > 0 ? (x - 1) * t - cumulant(0, -t) : x * t - cumulant(0, t)
}

/** (exp(t·x) − 1)/(eᵗ − 1), the cdf of the continuous Bernoulli distribution, for 0 ≤ x ≤ 1. */
export const tiltCdf: Binary = /* @__PURE__ */ elementwise(
  'tiltCdf',
  (x, t) => (x === 0 ? 0 : x * Math.exp(cumulant(0, t * x) - cumulant(0, t))),
  [(dy, x, t) => mul(dy, exp(logTilt(x!, t!))), (dy, x, t) => mul(dy, cdfSlope(x!, t!))],
) as Binary

/** The derivative of the cdf F in t: F·(x·K′(t·x) − K′(t)), K′ the mean. */
function cdfSlope(x: Real, t: Real): Real {
  return mul(tiltCdf(x, t), sub(mul(x, tiltCumulant(1, mul(t, x))), tiltCumulant(1, t)))
}

/** The x with (exp(t·x) − 1)/(eᵗ − 1) = p. */
export const tiltQuantile: Binary = /* @__PURE__ */ elementwise(
  'tiltQuantile',
  (p, t) => {
    if (Math.abs(t) < 1e-300) return p
    if (t > 700) return p === 0 ? 0 : 1 + Math.log(p + (1 - p) * Math.exp(-t)) / t
    if (t < 0 && p > 0.5) return Math.min(Math.log(1 - p + p * Math.exp(t)) / t, 1)
    return Math.log1p(p * Math.expm1(t)) / t
  },
  [
    (dy, p, t) => mul(dy, exp(neg(logTilt(tiltQuantile(p!, t!), t!)))),
    (dy, p, t) => {
      const x = tiltQuantile(p!, t!)
      return mul(dy, neg(mul(cdfSlope(x, t!), exp(neg(logTilt(x, t!))))))
    },
  ],
) as Binary
