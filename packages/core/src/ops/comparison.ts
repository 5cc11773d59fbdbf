import { defineElementwise } from './defineElementwise.ts'
import type { Binary, Unary } from './real.ts'

// Comparisons of numbers give 1 or 0, of tensors a tensor of bool. Their gradient is zero, so that a condition
// may depend on what is differentiated.

const whole = 'bool'

/** Whether a = b. */
export const equal: Binary = /* @__PURE__ */ defineElementwise('equal', (a, b) => +(a === b), [], {
  tfjs: 'Equal',
  whole,
}) as Binary

/** Whether a ≠ b. */
export const notEqual: Binary = /* @__PURE__ */ defineElementwise('notEqual', (a, b) => +(a !== b), [], {
  tfjs: 'NotEqual',
  whole,
}) as Binary

/** Whether a < b. */
export const less: Binary = /* @__PURE__ */ defineElementwise('less', (a, b) => +(a < b), [], {
  tfjs: 'Less',
  whole,
}) as Binary

/** Whether a ≤ b. */
export const lessEqual: Binary = /* @__PURE__ */ defineElementwise('lessEqual', (a, b) => +(a <= b), [], {
  tfjs: 'LessEqual',
  whole,
}) as Binary

/** Whether a > b. */
export const greater: Binary = /* @__PURE__ */ defineElementwise('greater', (a, b) => +(a > b), [], {
  tfjs: 'Greater',
  whole,
}) as Binary

/** Whether a ≥ b. */
export const greaterEqual: Binary = /* @__PURE__ */ defineElementwise(
  'greaterEqual',
  (a, b) => +(a >= b),
  [],
  {
    tfjs: 'GreaterEqual',
    whole,
  },
) as Binary

/** Whether both are true, that is not 0. */
export const and: Binary = /* @__PURE__ */ defineElementwise('and', (a, b) => +(a !== 0 && b !== 0), [], {
  tfjs: 'LogicalAnd',
  whole,
  of: whole,
}) as Binary

/** Whether one is true, that is not 0. */
export const or: Binary = /* @__PURE__ */ defineElementwise('or', (a, b) => +(a !== 0 || b !== 0), [], {
  tfjs: 'LogicalOr',
  whole,
  of: whole,
}) as Binary

/** Whether x is false, that is 0. */
export const not: Unary = /* @__PURE__ */ defineElementwise('not', (x) => +(x === 0), [], {
  tfjs: 'LogicalNot',
  whole,
  of: whole,
}) as Unary

/** Whether x is NaN. */
export const isNaN: Unary = /* @__PURE__ */ defineElementwise('isNaN', (x) => +(x !== x), [], {
  tfjs: 'IsNan',
  whole,
}) as Unary

/** Whether x is ∞ or −∞. */
export const isInfinite: Unary = /* @__PURE__ */ defineElementwise(
  'isInfinite',
  (x) => +(x === Infinity || x === -Infinity),
  [],
  { tfjs: 'IsInf', whole },
) as Unary

/** Whether x is neither infinite nor NaN. */
export const isFinite: Unary = /* @__PURE__ */ defineElementwise('isFinite', (x) => +(x - x === 0), [], {
  tfjs: 'IsFinite',
  whole,
}) as Unary
