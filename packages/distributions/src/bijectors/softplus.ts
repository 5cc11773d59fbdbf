import { log, logSigmoid, neg, expm1, softplus as softplusOf, softplusInverse } from '@variate/core/ops'
import type { ElementwiseBijector } from './bijector.ts'
import { elementwise } from './elementwise.ts'

/** y = log(1 + eˣ), onto the positive numbers; close to x where x is large. */
export const softplus: ElementwiseBijector = /* @__PURE__ */ elementwise('softplus', {
  forward: softplusOf,
  inverse: softplusInverse,
  forwardLogDet: logSigmoid,
  // sigmoid(x) = 1 − e⁻ʸ
  inverseLogDet: (y) => neg(log(neg(expm1(neg(y))))),
})
