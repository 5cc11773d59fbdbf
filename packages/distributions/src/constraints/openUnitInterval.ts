import { greaterEqual, lessEqual, or } from '@variate/core/ops'
import type { Constraint } from './constraint.ts'
import { scalar } from './scalar.ts'

/** 0 < x < 1. */
export const openUnitInterval: Constraint = /* @__PURE__ */ scalar({
  name: 'openUnitInterval',
  description: 'between 0 and 1',
  contains: (x) => x > 0 && x < 1,
  outside: (x) => or(lessEqual(x, 0), greaterEqual(x, 1)),
  inside: 0.5,
})
