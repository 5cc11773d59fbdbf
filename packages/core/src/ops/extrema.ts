import { greater, greaterEqual, less } from './comparison.ts'
import { defineElementwise } from './defineElementwise.ts'
import type { Binary, Join, Real } from './real.ts'
import { where } from './where.ts'

/** The larger; the gradient goes to `a` where both are equal. */
export const maximum: Binary = /* @__PURE__ */ defineElementwise(
  'maximum',
  (a, b) => Math.max(a, b),
  [(dy, a, b) => where(greaterEqual(a!, b!), dy, 0), (dy, a, b) => where(less(a!, b!), dy, 0)],
  { tfjs: 'Maximum', whole: 'int32', line: ([a, b]) => [1, -0, a ?? b!] },
) as Binary

/** The smaller; the gradient goes to `a` where both are equal. */
export const minimum: Binary = /* @__PURE__ */ defineElementwise(
  'minimum',
  (a, b) => Math.min(a, b),
  [(dy, a, b) => where(greater(a!, b!), 0, dy), (dy, a, b) => where(greater(a!, b!), dy, 0)],
  { tfjs: 'Minimum', whole: 'int32' },
) as Binary

/** x clipped to [low, high]; no gradient outside. */
export function clip<A extends Real>(x: A, low: number, high: number): Join<A> {
  return minimum(maximum(x, low), high) as Join<A>
}
