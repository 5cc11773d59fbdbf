import { abs, add, div, mul, square, sub, type Real } from '@variate/core/ops'
import { tiltCumulant } from '@variate/core/internal'

const STEPS = 6

/** The t with which the density exp(t·x) on [0, 1] has the mean ½ + `excess`, by Newton's method; ±∞ at ±½. */
export function tiltOfMean(excess: Real): Real {
  // 12·d near 0 and 1/(½ − |d|) near the ends.
  const room = mul(add(1, mul(2, abs(excess))), sub(1, mul(2, abs(excess))))
  let t: Real = div(mul(mul(12, excess), sub(1, mul(4 / 3, square(excess)))), room)
  for (let i = 0; i < STEPS; i++) {
    const gap = sub(sub(tiltCumulant(1, t), 0.5), excess)
    t = sub(t, div(gap, tiltCumulant(2, t)))
  }
  return t
}
