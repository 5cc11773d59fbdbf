import { exp, expm1 } from '../wasm/maths/exp.ts'
import { log, log1p } from '../wasm/maths/log.ts'
import { sigmoid, softplus, tanh } from '../wasm/maths/sigmoid.ts'
import type { Lanes } from '../wasm/lanes.ts'
import type { Value } from '../wasm/value.ts'

type Rule = (l: Lanes, ...args: Value[]) => Value

const isNaN: Rule = (l, x) => l.ne(x!, x!)
/** What comparisons with NaN make of it: x itself. */
const orNaN = (l: Lanes, x: Value, value: Value): Value => l.select(isNaN(l, x), x, value)

/** Elementwise operations that give numbers, written in instructions. */
export const NUMBERS: Readonly<Record<string, Rule>> = {
  abs: (l, x) => l.abs(x!),
  add: (l, a, b) => l.add(a!, b!),
  div: (l, a, b) => l.div(a!, b!),
  exp: (l, x) => exp(l, x!),
  expm1: (l, x) => expm1(l, x!),
  floor: (l, x) => l.floor(x!),
  log: (l, x) => log(l, x!),
  log1p: (l, x) => log1p(l, x!),
  maximum: (l, a, b) => l.max(a!, b!),
  minimum: (l, a, b) => l.min(a!, b!),
  mul: (l, a, b) => l.mul(a!, b!),
  neg: (l, x) => l.neg(x!),
  sigmoid: (l, x) => sigmoid(l, x!),
  sign: (l, x) => {
    const one = l.select(l.gt(x!, l.constant(0)), l.constant(1), l.constant(-1))
    return l.select(l.eq(l.abs(x!), l.constant(0)), x!, orNaN(l, x!, one))
  },
  softplus: (l, x) => softplus(l, x!),
  sqrt: (l, x) => l.sqrt(x!),
  square: (l, x) => l.mul(x!, x!),
  sub: (l, a, b) => l.sub(a!, b!),
  tanh: (l, x) => tanh(l, x!),
}

/** Elementwise operations that give conditions of numbers. */
export const CONDITIONS: Readonly<Record<string, Rule>> = {
  equal: (l, a, b) => l.eq(a!, b!),
  greater: (l, a, b) => l.gt(a!, b!),
  greaterEqual: (l, a, b) => l.ge(a!, b!),
  isFinite: (l, x) => l.lt(l.abs(x!), l.constant(Infinity)),
  isInfinite: (l, x) => l.eq(l.abs(x!), l.constant(Infinity)),
  isNaN,
  less: (l, a, b) => l.lt(a!, b!),
  lessEqual: (l, a, b) => l.le(a!, b!),
  notEqual: (l, a, b) => l.ne(a!, b!),
}

/** Elementwise operations on conditions. */
export const LOGIC: Readonly<Record<string, Rule>> = {
  and: (l, a, b) => l.both(a!, b!),
  not: (l, x) => l.not(x!),
  or: (l, a, b) => l.either(a!, b!),
}
