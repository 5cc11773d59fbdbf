import { erfcx as erfcxOf } from '../../special/erfcx.ts'
import { logNdtr as logNdtrOf } from '../../special/logNdtr.ts'
import { ndtr as ndtrOf } from '../../special/ndtr.ts'
import { ndtri as ndtriOf } from '../../special/ndtri.ts'
import { add, mul, neg, square, sub } from '../arithmetic.ts'
import { defineElementwise } from '../defineElementwise.ts'
import { exp } from '../exponential.ts'
import type { Real, Unary } from '../real.ts'

const HALF_LOG_TWO_PI = 0.9189385332046727

function logDensity(x: Real): Real {
  return sub(mul(-0.5, square(x)), HALF_LOG_TWO_PI)
}

/** The cdf Φ of the standard normal distribution. */
export const ndtr: Unary = /* @__PURE__ */ defineElementwise('ndtr', (x) => ndtrOf(x), [
  (dy, x) => mul(dy, exp(logDensity(x!))),
]) as Unary

/** log Φ(x), exact in both tails. */
export const logNdtr: Unary = /* @__PURE__ */ defineElementwise('logNdtr', (x) => logNdtrOf(x), [
  (dy, x) => mul(dy, inverseMillsRatio(x!)),
]) as Unary

/** φ(x)/Φ(x), the derivative of log Φ, which is −x far below 0. */
const inverseMillsRatio: Unary = /* @__PURE__ */ defineElementwise('inverseMillsRatio', (x) => ratioOf(x), [
  (dy, x) => mul(dy, inverseMillsSlope(x!)),
]) as Unary

function ratioOf(x: number): number {
  if (x < 0) return Math.sqrt(2 / Math.PI) / erfcxOf(-x * Math.SQRT1_2)
  return Math.exp(-0.5 * x * x - HALF_LOG_TWO_PI) / ndtrOf(x)
}

/** −h·(h + x) for h = φ(x)/Φ(x), which tends to −1 + 1/x² far below 0. */
const inverseMillsSlope: Unary = /* @__PURE__ */ defineElementwise(
  'inverseMillsSlope',
  (x) => {
    if (x < -1e5) return -1 + 1 / (x * x)
    const h = ratioOf(x)
    return -h * (h + x)
  },
  [
    (dy, x) => {
      const h = inverseMillsRatio(x!)
      const slope = inverseMillsSlope(x!)
      return mul(dy, neg(add(mul(slope, add(h, x!)), mul(h, add(slope, 1)))))
    },
  ],
) as Unary

/** The x with Φ(x) = p; ±∞ at 1 and 0. */
export const ndtri: Unary = /* @__PURE__ */ defineElementwise('ndtri', (p) => ndtriOf(p), [
  (dy, p) => mul(dy, exp(mul(-1, logDensity(ndtri(p!))))),
]) as Unary
