import { greater, lessEqual, or } from '@variate/core/ops'
import type { Constraint } from './constraint.ts'
import { scalar } from './scalar.ts'

/** 0 < x ≤ 1. */
export const unitIntervalAboveZero: Constraint = /* @__PURE__ */ scalar({
  name: 'unitIntervalAboveZero',
  description: 'in (0, 1]',
  contains: (x) => x > 0 && x <= 1,
  outside: (x) => or(lessEqual(x, 0), greater(x, 1)),
  inside: 0.5,
})
