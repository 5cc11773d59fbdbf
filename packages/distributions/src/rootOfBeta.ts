import {
  add,
  div,
  exp,
  expm1,
  greater,
  lbeta,
  log,
  mul,
  neg,
  square,
  sub,
  where,
  type Real,
} from '@variate/core/ops'

/** From where on the asymptotic series is exact to 1e-9 of its difference. */
const LARGE = 10

/** E √B for B of the beta distribution with concentrations a and b. */
export function meanOfRoot(a: Real, b: number): Real {
  return exp(sub(lbeta(add(a, 0.5), b), lbeta(a, b)))
}

/** The variance of √B: E B·(1 − (E √B)²/E B), the ratio not by its two sides, which are almost equal for large a. */
export function varianceOfRoot(a: Real, b: number): Real {
  const mean = div(a, add(a, b))
  const isLarge = greater(a, LARGE)
  const direct = sub(mul(2, log(meanOfRoot(a, b))), log(mean))
  const t = where(isLarge, a, LARGE)
  const leading = div(-b / 4, mul(t, add(t, b)))
  const logRatio = where(isLarge, add(leading, sub(tail(add(t, b)), tail(t))), direct)
  return mul(mean, neg(expm1(logRatio)))
}

/** The asymptotic series of log(Γ(t)·Γ(t + 1)/Γ(t + ½)²) after 1/(4t): Abramowitz and Stegun (1964), 6.1.47. */
function tail(t: Real): Real {
  const inverse = div(1, square(t))
  const series = add(-1 / 96, mul(inverse, add(1 / 320, mul(inverse, -17 / 7168))))
  return mul(div(inverse, t), series)
}
