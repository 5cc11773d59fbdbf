import { greater, less, or } from '@variate/core/ops'
import type { Constraint } from './constraint.ts'
import { scalar } from './scalar.ts'

/** 0 ≤ x ≤ 1. */
export const unitInterval: Constraint = /* @__PURE__ */ scalar({
  name: 'unitInterval',
  description: 'in [0, 1]',
  contains: (x) => x >= 0 && x <= 1,
  outside: (x) => or(less(x, 0), greater(x, 1)),
  inside: 0.5,
})
