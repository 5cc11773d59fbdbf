import { one as l } from '../routines/linalg/wide.ts'
import type { Value } from '../../wasm/value.ts'

// Arithmetic on single numbers in float64, some of which may be constants.

export type Term = Value | number

const valueOf = (x: Term): Value => (typeof x === 'number' ? l.constant(x) : x)

type Operation = (...terms: readonly Term[]) => Value

function chain(f: (...args: Value[]) => Value): Operation {
  return (...terms) => terms.map(valueOf).reduce((x, y) => f(x, y))
}

export const add: Operation = /* @__PURE__ */ chain(l.add)
export const sub: Operation = /* @__PURE__ */ chain(l.sub)
export const mul: Operation = /* @__PURE__ */ chain(l.mul)
export const div: Operation = /* @__PURE__ */ chain(l.div)
export const most: Operation = /* @__PURE__ */ chain(l.max)
export const least: Operation = /* @__PURE__ */ chain(l.min)

export const neg = (x: Value): Value => l.neg(x)
export const abs = (x: Value): Value => l.abs(x)
export const sqrt = (x: Value): Value => l.sqrt(x)
export const square = (x: Value): Value => l.mul(x, x)

// Conditions.

export const lt: Operation = /* @__PURE__ */ chain(l.lt)
export const gt: Operation = /* @__PURE__ */ chain(l.gt)
export const le: Operation = /* @__PURE__ */ chain(l.le)
export const ge: Operation = /* @__PURE__ */ chain(l.ge)
export const eq: Operation = /* @__PURE__ */ chain(l.eq)
export const not = (condition: Value): Value => l.not(condition)
export const all = (...conditions: readonly Value[]): Value => conditions.reduce((x, y) => l.both(x, y))
export const any = (...conditions: readonly Value[]): Value => conditions.reduce((x, y) => l.either(x, y))

export const select = (condition: Value, x: Term, y: Term): Value =>
  l.select(condition, valueOf(x), valueOf(y))

/** One of two conditions. */
export const pick = (condition: Value, x: Value, y: Value): Value =>
  any(all(condition, x), all(not(condition), y))

export const constant = (x: number): Value => l.constant(x)

/** Whether 0 < x < ∞. */
export const isPositive = (x: Value): Value => all(gt(x, 0), lt(x, Infinity))
