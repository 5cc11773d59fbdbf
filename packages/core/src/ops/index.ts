export {
  abs,
  add,
  clip,
  div,
  floor,
  maximum,
  minimum,
  mul,
  neg,
  pow,
  sign,
  sqrt,
  square,
  sub,
} from './arithmetic.ts'
export { broadcastShapes } from './broadcast.ts'
export { cast } from './cast.ts'
export {
  and,
  equal,
  greater,
  greaterEqual,
  isFinite,
  isNaN,
  less,
  lessEqual,
  not,
  notEqual,
  or,
} from './comparison.ts'
export { constant, fill } from './constant.ts'
export { cumsum } from './cumulative.ts'
export type { CumsumOptions } from './cumulative.ts'
export { exp, expm1, log, log1p, sigmoid, tanh } from './exponential.ts'
export { gather, scatterAdd } from './gather.ts'
export type { TensorType } from './kernel.ts'
export { logSoftmax, logSumExp, softmax } from './logSumExp.ts'
export { affine, matMul, matVec } from './matMul.ts'
export type { MatMulOptions } from './matMul.ts'
export { pad } from './pad.ts'
export { pick } from './pick.ts'
export type { Binary, Join, Quaternary, Real, Ternary, Unary } from './real.ts'
export * as random from './random/index.ts'
export type { AnyKey } from './random/index.ts'
export { max, mean } from './reductions.ts'
export { broadcastTo, concat, expandDims, reshape, slice, stack, transpose } from './shapes.ts'
export { stopGradient } from './stopGradient.ts'
export { sum } from './sum.ts'
export { sumTo } from './sumTo.ts'
export { asin, atan, atanh, cos, sin, tan } from './trigonometric.ts'
export { where } from './where.ts'
