import type { Constants } from '@variate/core/internal'
import { exp, expm1 } from '../wasm/maths/exp.ts'
import { log, log1p } from '../wasm/maths/log.ts'
import { sigmoid, softplus, tanh } from '../wasm/maths/sigmoid.ts'
import { truncatedNormalIsNarrow, truncatedNormalIsWide } from '../wasm/maths/truncatedNormal.ts'
import { conditionInDouble, type Formula } from '../wasm/inDouble.ts'
import type { Lanes } from '../wasm/lanes.ts'
import type { Value } from '../wasm/value.ts'
import { DENSITIES } from './densities.ts'
import { OF_ORDERS } from './ofOrders.ts'
import { SPECIAL } from './special.ts'

const isNaN: Formula = (l, x) => l.ne(x!, x!)
/** What comparisons with NaN make of it: x itself. */
const orNaN = (l: Lanes, x: Value, value: Value): Value => l.select(isNaN(l, x), x, value)

/** Elementwise operations that give numbers, written in instructions. */
export const NUMBERS: Readonly<Record<string, Formula>> = {
  ...SPECIAL,
  ...DENSITIES,
  abs: (l, x) => l.abs(x!),
  add: (l, a, b) => l.add(a!, b!),
  div: (l, a, b) => l.div(a!, b!),
  exp,
  expm1,
  floor: (l, x) => l.floor(x!),
  // Modulo 2³², and 0 for what is no number: what is left of multiples of 2³² is exact.
  floorDiv: (l, a, b) => {
    const quotient = l.floor(l.div(a!, b!))
    const multiple = l.mul(l.constant(2 ** 32), l.trunc(l.mul(quotient, l.constant(2 ** -32))))
    return l.sub(quotient, multiple)
  },
  log,
  log1p,
  maximum: (l, a, b) => l.max(a!, b!),
  minimum: (l, a, b) => l.min(a!, b!),
  mul: (l, a, b) => l.mul(a!, b!),
  neg: (l, x) => l.neg(x!),
  sigmoid,
  sign: (l, x) => {
    const one = l.select(l.gt(x!, l.constant(0)), l.constant(1), l.constant(-1))
    return l.select(l.eq(l.abs(x!), l.constant(0)), x!, orNaN(l, x!, one))
  },
  softplus,
  sqrt: (l, x) => l.sqrt(x!),
  square: (l, x) => l.mul(x!, x!),
  sub: (l, a, b) => l.sub(a!, b!),
  tanh,
}

/** Elementwise operations that give conditions of numbers. */
const CONDITIONS: Readonly<Record<string, Formula>> = {
  equal: (l, a, b) => l.eq(a!, b!),
  greater: (l, a, b) => l.gt(a!, b!),
  greaterEqual: (l, a, b) => l.ge(a!, b!),
  isFinite: (l, x) => l.lt(l.abs(x!), l.constant(Infinity)),
  isInfinite: (l, x) => l.eq(l.abs(x!), l.constant(Infinity)),
  isNaN,
  less: (l, a, b) => l.lt(a!, b!),
  lessEqual: (l, a, b) => l.le(a!, b!),
  notEqual: (l, a, b) => l.ne(a!, b!),
  truncatedNormalIsNarrow: /* @__PURE__ */ conditionInDouble(truncatedNormalIsNarrow),
  truncatedNormalIsWide: /* @__PURE__ */ conditionInDouble(truncatedNormalIsWide),
}

/** Elementwise operations on conditions. */
export const LOGIC: Readonly<Record<string, Formula>> = {
  and: (l, a, b) => l.both(a!, b!),
  not: (l, x) => l.not(x!),
  or: (l, a, b) => l.either(a!, b!),
}

/** Powers that are products: what rounding leaves of them is less than of any other way. */
const POWERS: Readonly<Record<number, Formula>> = {
  [-1]: (l, x) => l.div(l.constant(1), x!),
  1: (_, x) => x!,
  2: (l, x) => l.mul(x!, x!),
  3: (l, x) => l.mul(l.mul(x!, x!), x!),
}

/** How an operation is written in instructions, given those of its arguments that are constants; undefined if it is not. */
export function ruleOf(op: string, [first, second]: Constants): Formula | undefined {
  const number = op === 'pow' && typeof second === 'number' ? POWERS[second] : undefined
  const ofOrder = typeof first === 'number' ? OF_ORDERS[op]?.[first] : undefined
  if (ofOrder) return (l, _, ...args) => ofOrder(l, ...args)
  return number ?? NUMBERS[op] ?? CONDITIONS[op] ?? LOGIC[op]
}
