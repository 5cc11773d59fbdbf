import { defineElementwise } from './defineElementwise.ts'
import type { Binary, Unary } from './real.ts'

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
  { tfjs: 'Sub', whole: int32, line: ([a, b]) => (a === null ? [1, -b!] : [-1, a!]) },
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
  [(dy, _, b) => div(dy, b!), (dy, a, b) => neg(div(mul(dy, div(a!, b!)), b!))],
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
