import { defineElementwise } from './defineElementwise.ts'
import type { Binary, Join, Real, Unary } from './real.ts'
import { log } from './exponential.ts'
import { greater, greaterEqual, less } from './comparison.ts'
import { where } from './where.ts'

const int32 = 'int32'

/** a + b. */
export const add: Binary = /* @__PURE__ */ defineElementwise(
  'add',
  (a, b) => a + b,
  [(dy) => dy, (dy) => dy],
  {
    tfjs: 'Add',
    whole: int32,
    line: ([a, b]) => [1, a ?? b!],
  },
) as Binary

/** a − b. */
export const sub: Binary = /* @__PURE__ */ defineElementwise(
  'sub',
  (a, b) => a - b,
  [(dy) => dy, (dy) => neg(dy)],
  {
    tfjs: 'Sub',
    whole: int32,
  },
) as Binary

/** a · b. */
export const mul: Binary = /* @__PURE__ */ defineElementwise(
  'mul',
  (a, b) => a * b,
  [(dy, _, b) => mul(dy, b!), (dy, a) => mul(dy, a!)],
  { tfjs: 'Multiply', whole: int32, line: ([a, b]) => [a ?? b!, -0] },
) as Binary

/** a / b, real also for whole numbers. */
export const div: Binary = /* @__PURE__ */ defineElementwise(
  'div',
  (a, b) => a / b,
  [(dy, _, b) => div(dy, b!), (dy, a, b) => mul(dy, neg(div(div(a!, b!), b!)))],
  { tfjs: 'RealDiv', line: ([, b]) => (b && Number.isFinite(1 / b) ? [1 / b, -0] : undefined) },
) as Binary

/** −x. */
export const neg: Unary = /* @__PURE__ */ defineElementwise('neg', (x) => -x, [(dy) => neg(dy)], {
  tfjs: 'Neg',
  whole: int32,
}) as Unary

/** x². */
export const square: Unary = /* @__PURE__ */ defineElementwise(
  'square',
  (x) => x * x,
  [(dy, x) => mul(dy, mul(2, x!))],
  {
    tfjs: 'Square',
    whole: int32,
  },
) as Unary

/** The square root; NaN for x < 0. */
export const sqrt: Unary = /* @__PURE__ */ defineElementwise(
  'sqrt',
  Math.sqrt,
  [(dy, x) => div(dy, mul(2, sqrt(x!)))],
  {
    tfjs: 'Sqrt',
  },
) as Unary

/** |x|. */
export const abs: Unary = /* @__PURE__ */ defineElementwise('abs', Math.abs, [(dy, x) => mul(dy, sign(x!))], {
  tfjs: 'Abs',
  whole: int32,
}) as Unary

/** −1, 0 or 1. */
export const sign: Unary = /* @__PURE__ */ defineElementwise('sign', Math.sign, [], { tfjs: 'Sign' }) as Unary

/** The largest whole number ≤ x. */
export const floor: Unary = /* @__PURE__ */ defineElementwise('floor', Math.floor, [], {
  tfjs: 'Floor',
}) as Unary

/** The larger; the gradient goes to `a` where both are equal. */
export const maximum: Binary = /* @__PURE__ */ defineElementwise(
  'maximum',
  (a, b) => Math.max(a, b),
  [(dy, a, b) => where(greaterEqual(a!, b!), dy, 0), (dy, a, b) => where(less(a!, b!), dy, 0)],
  { tfjs: 'Maximum', whole: int32 },
) as Binary

/** The smaller; the gradient goes to `a` where both are equal. */
export const minimum: Binary = /* @__PURE__ */ defineElementwise(
  'minimum',
  (a, b) => Math.min(a, b),
  [(dy, a, b) => where(greater(a!, b!), 0, dy), (dy, a, b) => where(greater(a!, b!), dy, 0)],
  { tfjs: 'Minimum', whole: int32 },
) as Binary

/** aᵇ; NaN for a < 0 and b not whole. The derivative in b is 0 where a is 0. */
export const pow: Binary = /* @__PURE__ */ defineElementwise(
  'pow',
  (a, b) => a ** b,
  [
    (dy, a, b) => (b === 0 ? mul(dy, 0) : mul(dy, mul(b!, pow(a!, sub(b!, 1))))),
    (dy, a, b) => mul(dy, mul(pow(a!, b!), log(where(greater(a!, 0), a!, 1)))),
  ],
  { tfjs: 'Pow' },
) as Binary

/** x clipped to [low, high]; no gradient outside. */
export function clip<A extends Real>(x: A, low: number, high: number): Join<A> {
  return minimum(maximum(x, low), high) as Join<A>
}
