import type { ElementwiseBijector } from './bijector.ts'
import { elementwise } from './elementwise.ts'

/** y = x. */
export const identity: ElementwiseBijector = /* @__PURE__ */ elementwise('identity', {
  forward: (x) => x,
  inverse: (y) => y,
  forwardLogDet: () => 0,
  inverseLogDet: () => 0,
})
