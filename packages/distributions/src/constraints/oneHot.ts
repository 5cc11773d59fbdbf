import { countsOf } from './countsOf.ts'
import type { Constraint } from './constraint.ts'

/** Vectors with one 1, all else 0. */
export const oneHot: Constraint = /* @__PURE__ */ Object.freeze({
  .../* @__PURE__ */ countsOf(1),
  name: 'oneHot',
  description: 'one 1, all else 0',
})
