import { erf as erfOf } from '../../special/erf.ts'
import { erfc as erfcOf } from '../../special/erfc.ts'
import { erfcxDerivative as erfcxOf } from '../../special/erfcxDerivative.ts'
import { erfinv as erfinvOf } from '../../special/erfinv.ts'
import { add, mul, neg, square } from '../arithmetic.ts'
import { defineElementwise } from '../defineElementwise.ts'
import { elementwise } from '../elementwise.ts'
import { exp } from '../exponential.ts'
import type { Binary, Join, Real, Unary } from '../real.ts'

const TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI)

function bell(x: Real): Real {
  return mul(TWO_OVER_SQRT_PI, exp(neg(square(x))))
}

/** The error function, 2/√π ∫₀ˣ exp(−t²) dt. */
export const erf: Unary = /* @__PURE__ */ defineElementwise('erf', (x) => erfOf(x), [
  (dy, x) => mul(dy, bell(x!)),
]) as Unary

/** 1 − erf(x), exact for large x. */
export const erfc: Unary = /* @__PURE__ */ defineElementwise('erfc', (x) => erfcOf(x), [
  (dy, x) => mul(dy, neg(bell(x!))),
]) as Unary

const erfcxKernel: Binary = /* @__PURE__ */ elementwise('erfcx', (n, x) => erfcxOf(n, x), [
  null,
  (dy, n, x) => mul(dy, erfcxKernel(add(n!, 1), x!)),
]) as Binary

/** exp(x²)·erfc(x). */
export function erfcx<A extends Real>(x: A): Join<A> {
  return erfcxKernel(0, x) as Join<A>
}

/** The x with erf(x) = y. */
export const erfinv: Unary = /* @__PURE__ */ defineElementwise('erfinv', (y) => erfinvOf(y), [
  (dy, y) => mul(dy, mul(1 / TWO_OVER_SQRT_PI, exp(square(erfinv(y!))))),
]) as Unary
