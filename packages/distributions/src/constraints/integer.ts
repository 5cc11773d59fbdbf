import { isInfinite, or } from '@variate/core/ops'
import type { Constraint } from './constraint.ts'
import { hasFraction } from './hasFraction.ts'
import { scalar } from './scalar.ts'

/** All whole numbers. */
export const integer: Constraint = /* @__PURE__ */ scalar({
  name: 'integer',
  description: 'a whole number',
  isDiscrete: true,
  contains: Number.isInteger,
  outside: (x) => or(isInfinite(x), hasFraction(x)),
  inside: 0,
})
