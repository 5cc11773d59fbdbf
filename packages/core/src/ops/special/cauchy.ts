import { add, div, mul, square, sub } from '../arithmetic.ts'
import { elementwise } from '../elementwise.ts'
import type { Unary } from '../real.ts'

/** log(1 + z²), also where z² overflows float32. */
export const log1pSquare: Unary = /* @__PURE__ */ elementwise('log1pSquare', (z) => Math.log1p(z * z), [
  (dy, z) => mul(dy, log1pSquareSlope(z!)),
]) as Unary

const log1pSquareSlope: Unary = /* @__PURE__ */ elementwise(
  'log1pSquareSlope',
  (z) => (2 * z) / (1 + z * z),
  [(dy, z) => mul(dy, sub(div(2, add(1, square(z!))), square(log1pSquareSlope(z!))))],
) as Unary

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
