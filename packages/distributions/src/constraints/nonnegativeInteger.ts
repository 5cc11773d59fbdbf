import { equal, less, or } from '@variate/core/ops'
import type { Constraint } from './constraint.ts'
import { hasFraction } from './hasFraction.ts'
import { scalar } from './scalar.ts'

/** 0, 1, 2, … */
export const nonnegativeInteger: Constraint = /* @__PURE__ */ scalar({
  name: 'nonnegativeInteger',
  description: 'a whole number ≥ 0',
  isDiscrete: true,
  contains: (x) => Number.isInteger(x) && x >= 0,
  outside: (x) => or(or(less(x, 0), equal(x, Infinity)), hasFraction(x)),
  inside: 0,
})
