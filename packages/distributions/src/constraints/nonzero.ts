import { equal, isInfinite, or } from '@variate/core/ops'
import type { Constraint } from './constraint.ts'
import { scalar } from './scalar.ts'

/** x ≠ 0. */
export const nonzero: Constraint = /* @__PURE__ */ scalar({
  name: 'nonzero',
  description: '≠ 0',
  contains: (x) => x !== 0 && Number.isFinite(x),
  outside: (x) => or(equal(x, 0), isInfinite(x)),
  inside: 1,
})
