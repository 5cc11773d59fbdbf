import { fillLogGamma } from '../../random/fillGamma.ts'
import { split } from '../../random/key.ts'
import { div, neg, sub } from '../arithmetic.ts'
import { greater } from '../comparison.ts'
import { exp } from '../exponential.ts'
import { minimum } from '../extrema.ts'
import type { Real } from '../real.ts'
import { digammaDifference } from '../special/gamma.ts'
import { betaincSlope, logOddsDensity } from '../special/incompleteBeta.ts'
import { where } from '../where.ts'
import { defineDraw, type Draw } from './defineDraw.ts'

/**
 * log(p/(1 − p)) for p from beta distributions: `drawLogOdds(key, shape, concentration1, concentration0)`, the
 * difference of the logarithms of two gamma draws. They are differentiable by implicit reparameterization (Figurnov,
 * Mohamed and Mnih 2018).
 */
export const drawLogOdds: Draw = /* @__PURE__ */ defineDraw(
  'drawLogOdds',
  (key, [concentration1, concentration0], out) => {
    const [key1, key0] = split(key)
    const logs1 = new Float64Array(out.length)
    const logs0 = new Float64Array(out.length)
    fillLogGamma(key1, concentration1!, logs1)
    fillLogGamma(key0, concentration0!, logs0)
    for (let i = 0; i < out.length; i++) out[i] = logs1[i]! - logs0[i]!
  },
  {
    derivatives: [
      (draws, a, b) => impliedSlope(a!, b!, draws),
      (draws, a, b) => neg(impliedSlope(b!, a!, neg(draws))),
    ],
  },
)

/** Beyond it one of p and 1 − p is below float32, and the tail is its first term. */
const FAR = 80

/** How a draw of log odds moves with `a`, its probability held: −(∂I/∂a) / (density of the log odds). */
function impliedSlope(a: Real, b: Real, logOdds: Real): Real {
  const isLow = greater(-FAR, logOdds)
  const isHigh = greater(logOdds, FAR)
  const near = where(isLow, 0, where(isHigh, 0, logOdds))
  const x = exp(minimum(near, 0))
  const y = exp(minimum(neg(near), 0))
  const middle = neg(div(div(betaincSlope(a, b, x, y), exp(logOddsDensity(a, b, x, y))), x))
  // I = xᵃ/(a·B(a, b)) far below, 1 − I = yᵇ/(b·B(a, b)) far above.
  const low = div(sub(sub(div(1, a), digammaDifference(a, b)), logOdds), a)
  const high = div(digammaDifference(a, b), b)
  return where(isLow, low, where(isHigh, high, middle))
}
