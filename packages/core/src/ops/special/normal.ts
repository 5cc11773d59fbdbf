import { logNdtr as logNdtrOf } from '../../special/logNdtr.ts'
import { ndtr as ndtrOf } from '../../special/ndtr.ts'
import { ndtri as ndtriOf } from '../../special/ndtri.ts'
import { mul, square, sub } from '../arithmetic.ts'
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

/** φ(x)/Φ(x), the derivative of log Φ, which is −x far below 0: its own derivative is −h·(x + h). */
const inverseMillsRatio: Unary = /* @__PURE__ */ defineElementwise(
  'inverseMillsRatio',
  (x) => (x < -1e8 ? -x : Math.exp(-0.5 * x * x - HALF_LOG_TWO_PI - logNdtrOf(x))),
  [
    (dy, x) => {
      const h = inverseMillsRatio(x!)
      return mul(dy, mul(mul(h, -1), sub(h, mul(x!, -1))))
    },
  ],
) as Unary

/** The x with Φ(x) = p; ±∞ at 1 and 0. */
export const ndtri: Unary = /* @__PURE__ */ defineElementwise('ndtri', (p) => ndtriOf(p), [
  (dy, p) => mul(dy, exp(mul(-1, logDensity(ndtri(p!))))),
]) as Unary
