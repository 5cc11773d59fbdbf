import { exp as exponential, log, neg } from '@variate/core/ops'
import type { ElementwiseBijector } from './bijector.ts'
import { elementwise } from './elementwise.ts'

/** y = eˣ, onto the positive numbers. */
export const exp: ElementwiseBijector = /* @__PURE__ */ elementwise('exp', {
  forward: exponential,
  inverse: log,
  forwardLogDet: (x) => x,
  inverseLogDet: (y) => neg(log(y)),
})
