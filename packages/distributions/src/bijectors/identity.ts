import { add } from '@variate/core/ops'
import type { Bijector } from './bijector.ts'
import { elementwise } from './elementwise.ts'

/** y = x. */
export const identity: Bijector = /* @__PURE__ */ elementwise({
  name: 'identity',
  forward: (x) => add(x, -0),
  inverse: (y) => add(y, -0),
  forwardLogDet: () => 0,
  inverseLogDet: () => 0,
})
