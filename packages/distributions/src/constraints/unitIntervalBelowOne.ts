import { greaterEqual, less, or } from '@variate/core/ops'
import type { Constraint } from './constraint.ts'
import { scalar } from './scalar.ts'

/** 0 ≤ x < 1. */
export const unitIntervalBelowOne: Constraint = /* @__PURE__ */ scalar({
  name: 'unitIntervalBelowOne',
  description: 'in [0, 1)',
  contains: (x) => x >= 0 && x < 1,
  outside: (x) => or(less(x, 0), greaterEqual(x, 1)),
  inside: 0.5,
})
