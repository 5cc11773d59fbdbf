import type { Tensor } from '@tensorflow/tfjs-core'
import {
  add,
  div,
  equal,
  greater,
  less,
  log1p,
  mul,
  sqrt,
  square,
  sub,
  sum,
  trigamma,
  where,
  type Real,
} from '@variate/core/ops'
import { logMinusDigamma, logRatio } from '@variate/core/internal'

const STEPS = 5

/**
 * log Σ w·x − Σ w·log x over the first axis, from deviations of their mean, so that nothing cancels where the x are
 * nearly equal; 0 if all are. An x of weight 0 is left out, whatever it is.
 */
export function logDispersion(x: Tensor, mean: Real, w: Tensor): Tensor {
  const counted = where(equal(w, 0), mean, x)
  const deviation = div(sub(counted, mean), mean)
  // Next to −1 the deviation has lost what x is.
  const isSmall = less(deviation, -0.5)
  const logOfRatio = where(
    isSmall,
    logRatio(where(isSmall, counted, mean), mean),
    log1p(where(isSmall, 0, deviation)),
  )
  return sum(mul(w, sub(deviation, logOfRatio)), 0)
}

/**
 * The a with log(a) − ψ(a) = s, by Newton's method for a function of 1/a that matches the likelihood's curvature
 * (Minka 2002, “Estimating a Gamma distribution”); ∞ for s = 0.
 */
export function gammaConcentration(s: Real): Real {
  const isFlat = equal(s, 0)
  const target = where(isFlat, 1, s)
  // √((s − 3)² + 24·s) + 3 − s, over 12·s: Choi and Wette 1969.
  let a: Real = div(add(sub(3, target), sqrt(add(square(sub(target, 3)), mul(24, target)))), mul(12, target))
  for (let i = 0; i < STEPS; i++) {
    const gap = sub(logMinusDigamma(a, a), target)
    a = div(a, add(1, div(gap, mul(a, logMinusDigammaSlope(a)))))
  }
  return where(isFlat, Infinity, a)
}

/** 1/a − ψ′(a), by the asymptotic series where that cancels. */
export function logMinusDigammaSlope(a: Real): Real {
  const isLarge = greater(a, 50)
  const inner = where(isLarge, 50, a)
  const series = div(add(0.5, div(1 / 6, a)), mul(-1, square(a)))
  return where(isLarge, series, sub(div(1, inner), trigamma(inner)))
}
