import { add, lbeta, log1p, neg, type Real } from '@variate/core/ops'

/** log C(a + b, a) = −log(1 + a + b) − log B(a + 1, b + 1), for real a, b > −1. */
export function logChoose(a: Real, b: Real): Real {
  return neg(add(log1p(add(a, b)), lbeta(add(a, 1), add(b, 1))))
}
