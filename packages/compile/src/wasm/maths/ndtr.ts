import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'
import { erfcxPositive, expOfSquare } from './erfcx.ts'
import { horner } from './horner.ts'
import { logNear } from './log.ts'

/** Of the standard normal distribution at −|x|: its cdf, that over the density's exp(−x²/2), and this. */
function leftTail(l: Lanes, x: Value): { readonly cdf: Value; readonly scaled: Value; readonly bell: Value } {
  const scaled = l.mul(l.constant(0.5), erfcxPositive(l, l.mul(l.abs(x), l.constant(Math.SQRT1_2))))
  const bell = expOfSquare(l, x, -0.5)
  return { cdf: l.mul(scaled, bell), scaled, bell }
}

/** Φ(x), the cdf of the standard normal distribution. */
export function ndtr(l: Lanes, x: Value): Value {
  const { cdf } = leftTail(l, x)
  return l.select(l.gt(x, l.constant(0)), l.sub(l.constant(1), cdf), cdf)
}

/** log Φ(x). */
export function logNdtr(l: Lanes, x: Value): Value {
  const { cdf, scaled } = leftTail(l, x)
  const isRight = l.gt(x, l.constant(0))
  const [one, less] = [l.constant(1), l.neg(cdf)]
  // On the left it is at most ½: what it is more than 1 does not matter.
  const factor = logNear(l, l.select(isRight, l.add(one, less), scaled), l.select(isRight, less, one))
  return l.select(isRight, factor, l.add(l.mul(l.mul(l.constant(-0.5), x), x), factor))
}

/** φ(x)/Φ(x). */
export function inverseMillsRatio(l: Lanes, x: Value): Value {
  const { cdf, scaled, bell } = leftTail(l, x)
  const isRight = l.gt(x, l.constant(0))
  const density = l.mul(l.select(isRight, bell, l.constant(1)), l.constant(1 / Math.sqrt(2 * Math.PI)))
  return l.div(density, l.select(isRight, l.sub(l.constant(1), cdf), scaled))
}

/** The derivative of φ(x)/Φ(x) = h, −h·(h + x), in 1/x² far below 0: the asymptotic series of Φ (DLMF 7.12.1), put in. In float64. */
const SLOPE = [-1, 1, -6, 50, -518]
const FAR = -50

export function inverseMillsSlope(l: Lanes, x: Value): Value {
  const h = inverseMillsRatio(l, x)
  const far = horner(l, SLOPE, l.div(l.constant(1), l.mul(x, x)))
  const near = l.neg(l.mul(h, l.add(h, x)))
  return l.select(l.lt(x, l.constant(FAR)), far, near)
}
