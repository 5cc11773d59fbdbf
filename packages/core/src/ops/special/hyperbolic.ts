import { add, div, mul, neg, sqrt, square } from '../arithmetic.ts'
import { elementwise } from '../elementwise.ts'
import { expm1, tanh } from '../exponential.ts'
import type { Unary } from '../real.ts'

/** log cosh x, without overflow for large |x| and with full relative accuracy near 0. */
export const logCosh: Unary = /* @__PURE__ */ elementwise('logCosh', (x) => logCoshOf(Math.abs(x)), [
  (dy, x) => mul(dy, tanh(x!)),
]) as Unary

function logCoshOf(a: number): number {
  if (a > 1) return a + Math.log1p(Math.exp(-2 * a)) - Math.LN2
  // cosh a = 1 + 2 sinh²(a/2)
  const s = Math.sinh(a / 2)
  return Math.log1p(2 * s * s)
}

/** The number whose hyperbolic sine is x: log(x + √(x² + 1)). */
export const asinh: Unary = /* @__PURE__ */ elementwise('asinh', Math.asinh, [
  (dy, x) => div(dy, sqrt(add(1, square(x!)))),
]) as Unary

/** x + e⁻ˣ, whose derivative keeps its digits near 0. */
export const plusExpMinus: Unary = /* @__PURE__ */ elementwise('plusExpMinus', (x) => x + Math.exp(-x), [
  (dy, x) => neg(mul(dy, expm1(neg(x!)))),
]) as Unary
