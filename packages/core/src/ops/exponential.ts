import { add, div, mul, neg } from './arithmetic.ts'
import { defineElementwise } from './defineElementwise.ts'
import type { Unary } from './real.ts'

/** eˣ. Unlike that of TensorFlow.js it can be differentiated again. */
export const exp: Unary = /* @__PURE__ */ defineElementwise('exp', Math.exp, [(dy, x) => mul(dy, exp(x!))], {
  tfjs: 'Exp',
}) as Unary

/** eˣ − 1, exact for small x. */
export const expm1: Unary = /* @__PURE__ */ defineElementwise(
  'expm1',
  Math.expm1,
  [(dy, x) => mul(dy, exp(x!))],
  {
    tfjs: 'Expm1',
  },
) as Unary

/** The natural logarithm; −∞ at 0, NaN below. */
export const log: Unary = /* @__PURE__ */ defineElementwise('log', Math.log, [(dy, x) => div(dy, x!)], {
  tfjs: 'Log',
}) as Unary

/** log(1 + x), exact for small x: that of the wasm backend is not. */
export const log1p: Unary = /* @__PURE__ */ defineElementwise(
  'log1p',
  Math.log1p,
  [(dy, x) => div(dy, add(1, x!))],
  {},
) as Unary

/** The logistic function 1 / (1 + e⁻ˣ). */
export const sigmoid: Unary = /* @__PURE__ */ defineElementwise(
  'sigmoid',
  (x) => 1 / (1 + Math.exp(-x)),
  [(dy, x) => mul(dy, mul(sigmoid(x!), sigmoid(neg(x!))))],
  { tfjs: 'Sigmoid' },
) as Unary

/** The hyperbolic tangent. */
export const tanh: Unary = /* @__PURE__ */ defineElementwise(
  'tanh',
  Math.tanh,
  // 1 − tanh², without cancellation where tanh is near ±1.
  [(dy, x) => mul(dy, mul(mul(4, sigmoid(mul(2, x!))), sigmoid(mul(-2, x!))))],
  { tfjs: 'Tanh' },
) as Unary
