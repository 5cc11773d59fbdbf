import type { Tensor } from '@tensorflow/tfjs-core'
import { add, log, log1p, logSigmoid, neg, sigmoid as sigmoidOf, sub, type Real } from '@variate/core/ops'
import type { ElementwiseBijector } from './bijector.ts'
import { elementwise } from './elementwise.ts'

/** y = 1 / (1 + e⁻ˣ), onto the numbers between 0 and 1. */
export const sigmoid: ElementwiseBijector = /* @__PURE__ */ elementwise('sigmoid', {
  forward: sigmoidOf,
  inverse: (y) => sub(log(y), log1p(neg(y))),
  forwardLogDet: logSigmoidSlope,
  inverseLogDet: (y) => neg(add(log(y), log1p(neg(y)))),
})

/** log of the derivative of the logistic function, exact in both tails. */
export function logSigmoidSlope(x: Tensor): Real {
  return add(logSigmoid(x), logSigmoid(neg(x)))
}
