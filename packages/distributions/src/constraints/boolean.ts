import { greater, less, or } from '@variate/core/ops'
import type { Constraint } from './constraint.ts'
import { hasFraction } from './hasFraction.ts'
import { scalar } from './scalar.ts'

/** 0 or 1. */
export const boolean: Constraint = /* @__PURE__ */ scalar({
  name: 'boolean',
  description: '0 or 1',
  isDiscrete: true,
  contains: (x) => x === 0 || x === 1,
  outside: (x) => or(or(less(x, 0), greater(x, 1)), hasFraction(x)),
  inside: 0,
})
