import type { Constraint } from './constraint.ts'
import { scalar } from './scalar.ts'

/** All numbers and ±∞: where the end of an interval may lie. */
export const extendedReal: Constraint = /* @__PURE__ */ scalar({
  name: 'extendedReal',
  description: 'a number or ±Infinity',
  contains: (x) => !Number.isNaN(x),
  outside: () => undefined,
  inside: 0,
})
