import { i0e as i0eOf } from '../../special/i0e.ts'
import { i1e as i1eOf } from '../../special/i1e.ts'
import { add, div, mul, sign, sub } from '../arithmetic.ts'
import { equal } from '../comparison.ts'
import { elementwise } from '../elementwise.ts'
import type { Unary } from '../real.ts'
import { where } from '../where.ts'

/** exp(−|x|)·I₀(x), the modified Bessel function of order 0, scaled. */
export const i0e: Unary = /* @__PURE__ */ elementwise('i0e', (x) => i0eOf(x), [
  (dy, x) => mul(dy, sub(i1e(x!), mul(sign(x!), i0e(x!)))),
]) as Unary

/** exp(−|x|)·I₁(x), the modified Bessel function of order 1, scaled. */
export const i1e: Unary = /* @__PURE__ */ elementwise('i1e', (x) => i1eOf(x), [
  (dy, x) => {
    const isZero = equal(x!, 0)
    const slope = sub(i0e(x!), mul(i1e(x!), add(sign(x!), div(1, where(isZero, 1, x!)))))
    return mul(dy, where(isZero, 0.5, slope))
  },
]) as Unary
