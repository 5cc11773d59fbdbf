import type { Constraint } from './constraint.ts'
import { interval } from './interval.ts'

/** Angles in radians, from −π to π. */
export const circular: Constraint = /* @__PURE__ */ interval(-Math.PI, Math.PI)
