import { add, div, mul, neg, square, sub } from '../arithmetic.ts'
import { elementwise } from '../elementwise.ts'
import type { Binary, Real, Unary } from '../real.ts'

/**
 * log(scale/(π·(d² + scale²))), the log density of the Cauchy distribution at a distance d from its location: a
 * function of both, for squares of d/scale over- and underflow float32.
 */
export const cauchyLogDensity: Binary = /* @__PURE__ */ elementwise(
  'cauchyLogDensity',
  (d, scale) => Math.log(scale / (d * d + scale * scale) / Math.PI),
  [
    (dy, d, scale) => mul(dy, neg(slope(d!, scale!))),
    (dy, d, scale) => mul(dy, sub(div(1, scale!), slope(scale!, d!))),
  ],
) as Binary

/** ∂/∂u log(u² + v²). */
const slope: Binary = /* @__PURE__ */ elementwise('cauchySlope', (u, v) => (2 * u) / (u * u + v * v), [
  (dy, u, v) => mul(dy, curvature(u!, v!)),
  (dy, u, v) => mul(dy, neg(mul(slope(u!, v!), slope(v!, u!)))),
]) as Binary

/** ∂²/∂u² log(u² + v²). */
const curvature: Binary = /* @__PURE__ */ elementwise(
  'cauchyCurvature',
  (u, v) => {
    const sum = u * u + v * v
    return 2 * ((v - u) / sum) * ((v + u) / sum)
  },
  [
    // log(u² + v²) is harmonic: its second derivatives are the real and imaginary parts of −2/(u + iv)².
    (dy, u, v) => mul(dy, neg(third(u!, v!))),
    (dy, u, v) => mul(dy, third(v!, u!)),
  ],
) as Binary

/** ∂³/∂u∂v² log(u² + v²) = −∂³/∂u³. */
function third(u: Real, v: Real): Real {
  return mul(slope(u, v), sub(square(slope(v, u)), curvature(v, u)))
}

/** The cdf of the standard Cauchy distribution, ½ + atan(z)/π, exact in the left tail. */
export const cauchyCdf: Unary = /* @__PURE__ */ elementwise('cauchyCdf', (z) => Math.atan2(1, -z) / Math.PI, [
  (dy, z) => mul(dy, div(1 / Math.PI, add(1, square(z!)))),
]) as Unary

/** The quantile function of the standard Cauchy distribution, −cot(πp), exact near 0 and 1. */
export const cauchyQuantile: Unary = /* @__PURE__ */ elementwise('cauchyQuantile', quantile, [
  (dy, p) => mul(dy, mul(Math.PI, add(1, square(cauchyQuantile(p!))))),
]) as Unary

function quantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return NaN
  if (p > 0.25 && p < 0.75) return Math.tan(Math.PI * (p - 0.5))
  return p < 0.5 ? -1 / Math.tan(Math.PI * p) : 1 / Math.tan(Math.PI * (1 - p))
}

/** The quantile function of the standard half-Cauchy distribution, tan(πp/2), exact near 0 and 1. */
export const halfCauchyQuantile: Unary = /* @__PURE__ */ elementwise(
  'halfCauchyQuantile',
  (p) => (p >= 0 && p < 0.5 ? Math.tan((Math.PI / 2) * p) : quantile(0.5 + 0.5 * p)),
  [(dy, p) => mul(dy, mul(Math.PI / 2, add(1, square(halfCauchyQuantile(p!)))))],
) as Unary
