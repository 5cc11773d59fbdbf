import { equal, lessEqual, or } from '@variate/core/ops'
import type { Constraint } from './constraint.ts'
import { scalar } from './scalar.ts'

/** x > 0. */
export const positive: Constraint = /* @__PURE__ */ scalar({
  name: 'positive',
  description: '> 0',
  contains: (x) => x > 0 && x < Infinity,
  outside: (x) => or(lessEqual(x, 0), equal(x, Infinity)),
  inside: 1,
})
