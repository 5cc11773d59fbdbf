import { isInfinite } from '@variate/core/ops'
import type { Constraint } from './constraint.ts'
import { scalar } from './scalar.ts'

/** All finite numbers. */
export const real: Constraint = /* @__PURE__ */ scalar({
  name: 'real',
  description: 'finite',
  contains: Number.isFinite,
  outside: isInfinite,
  inside: 0,
})
