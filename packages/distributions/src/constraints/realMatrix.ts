import type { Constraint } from './constraint.ts'
import { entrywise } from './entrywise.ts'

/** Matrices of finite numbers. */
export const realMatrix: Constraint = /* @__PURE__ */ entrywise({
  name: 'realMatrix',
  description: 'finite',
  eventRank: 2,
  contains: Number.isFinite,
  inside: 0,
})
