import { add, div, mul, neg, square, sqrt, sub } from './arithmetic.ts'
import { defineElementwise } from './defineElementwise.ts'
import type { Unary } from './real.ts'

// The wasm backend's own sine and cosine err by up to a fifth near their zeros.

/** The sine of x radians. */
export const sin: Unary = /* @__PURE__ */ defineElementwise(
  'sin',
  Math.sin,
  [(dy, x) => mul(dy, cos(x!))],
  {},
) as Unary

/** The cosine of x radians. */
export const cos: Unary = /* @__PURE__ */ defineElementwise(
  'cos',
  Math.cos,
  [(dy, x) => mul(dy, neg(sin(x!)))],
  {},
) as Unary

/** The tangent of x radians. */
export const tan: Unary = /* @__PURE__ */ defineElementwise(
  'tan',
  Math.tan,
  [(dy, x) => mul(dy, add(1, square(tan(x!))))],
  { tfjs: 'Tan' },
) as Unary

/** The angle in radians, from −π/2 to π/2, whose tangent is x. */
export const atan: Unary = /* @__PURE__ */ defineElementwise(
  'atan',
  Math.atan,
  [(dy, x) => div(dy, add(1, square(x!)))],
  {
    tfjs: 'Atan',
  },
) as Unary

/** The angle in radians, from −π/2 to π/2, whose sine is x. */
export const asin: Unary = /* @__PURE__ */ defineElementwise(
  'asin',
  Math.asin,
  [(dy, x) => div(dy, sqrt(sub(1, square(x!))))],
  { tfjs: 'Asin' },
) as Unary

/** The number whose hyperbolic tangent is x; ±∞ at ±1. */
export const atanh: Unary = /* @__PURE__ */ defineElementwise(
  'atanh',
  Math.atanh,
  [(dy, x) => div(dy, sub(1, square(x!)))],
  { tfjs: 'Atanh' },
) as Unary
