import { add, atanh, log1p, logCosh, mul, neg, tanh as tanhOf } from '@variate/core/ops'
import type { ElementwiseBijector } from './bijector.ts'
import { elementwise } from './elementwise.ts'

/** y = tanh x, onto the numbers between −1 and 1. */
export const tanh: ElementwiseBijector = /* @__PURE__ */ elementwise('tanh', {
  forward: tanhOf,
  inverse: atanh,
  forwardLogDet: (x) => mul(-2, logCosh(x)),
  inverseLogDet: (y) => neg(add(log1p(y), log1p(neg(y)))),
})
