import type { Constraint } from './constraint.ts'
import { entrywise } from './entrywise.ts'

/** Vectors of finite numbers. */
export const realVector: Constraint = /* @__PURE__ */ entrywise({
  name: 'realVector',
  description: 'finite',
  eventRank: 1,
  contains: Number.isFinite,
  inside: 0,
})
