import type { Constraint } from './constraint.ts'
import { scalar } from './scalar.ts'

/** All whole numbers and ±∞: where counts may be cut off. */
export const extendedInteger: Constraint = /* @__PURE__ */ scalar({
  name: 'extendedInteger',
  description: 'a whole number or ±Infinity, as the base is discrete (round it)',
  contains: (x) => Math.floor(x) === x,
  outside: () => undefined,
  inside: 0,
})
