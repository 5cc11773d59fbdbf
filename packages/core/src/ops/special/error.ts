import { erf as erfOf } from '../../special/erf.ts'
import { erfc as erfcOf } from '../../special/erfc.ts'
import { erfcx as erfcxOf } from '../../special/erfcx.ts'
import { erfinv as erfinvOf } from '../../special/erfinv.ts'
import { mul, neg, square, sub } from '../arithmetic.ts'
import { defineElementwise } from '../defineElementwise.ts'
import { exp } from '../exponential.ts'
import type { Real, Unary } from '../real.ts'

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

/** exp(x²)·erfc(x). */
export const erfcx: Unary = /* @__PURE__ */ defineElementwise('erfcx', (x) => erfcxOf(x), [
  (dy, x) => mul(dy, sub(mul(mul(2, x!), erfcx(x!)), TWO_OVER_SQRT_PI)),
]) as Unary

/** The x with erf(x) = y. */
export const erfinv: Unary = /* @__PURE__ */ defineElementwise('erfinv', (y) => erfinvOf(y), [
  (dy, y) => mul(dy, mul(1 / TWO_OVER_SQRT_PI, exp(square(erfinv(y!))))),
]) as Unary
