import { lessEqual } from '@variate/core/ops'
import type { Constraint } from './constraint.ts'
import { entrywise } from './entrywise.ts'

/** Vectors of numbers > 0. */
export const positiveVector: Constraint = /* @__PURE__ */ entrywise({
  name: 'positiveVector',
  description: '> 0',
  eventRank: 1,
  contains: (x) => x > 0 && x < Infinity,
  outside: (x) => lessEqual(x, 0),
  inside: 1,
})
