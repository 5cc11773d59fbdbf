import { equal, less, or } from '@variate/core/ops'
import type { Constraint } from './constraint.ts'
import { scalar } from './scalar.ts'

/** x ≥ 0. */
export const nonnegative: Constraint = /* @__PURE__ */ scalar({
  name: 'nonnegative',
  description: '≥ 0',
  contains: (x) => x >= 0 && x < Infinity,
  outside: (x) => or(less(x, 0), equal(x, Infinity)),
  inside: 1,
})
