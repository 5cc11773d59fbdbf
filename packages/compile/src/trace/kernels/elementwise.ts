import type { Tensor } from '@tensorflow/tfjs-core'
import * as ops from '@variate/core/ops'
import type { Told } from '../registerKernels.ts'

const {
  add,
  and,
  cast,
  clip,
  div,
  exp,
  floor,
  greater,
  greaterEqual,
  less,
  log,
  maximum,
  mul,
  neg,
  not,
  or,
  sqrt,
  sub,
  where,
} = ops

const one =
  (f: (x: Tensor) => Tensor): Told =>
  ({ x }) =>
    f(x!)
const two =
  (f: (a: Tensor, b: Tensor) => Tensor): Told =>
  ({ a, b }) =>
    f(a!, b!)

const sign = (x: Tensor): Tensor => ops.sign(x) as Tensor
const round = (x: Tensor): Tensor => {
  // Halves go to the even neighbour, as in tfjs.
  const down = floor(x)
  const rest = sub(x, down)
  const isOdd = ops.notEqual(mul(2, floor(mul(0.5, down))), down)
  return where(or(greater(rest, 0.5), and(ops.equal(rest, 0.5), isOdd)), add(down, 1), down)
}
const floorDiv = (a: Tensor, b: Tensor): Tensor => {
  const quotient = floor(div(a, b))
  return a.dtype === 'int32' && b.dtype === 'int32' ? cast(quotient, 'int32') : quotient
}
const floorMod = (a: Tensor, b: Tensor): Tensor => sub(a, mul(b, floorDiv(a, b)))
const selu = (x: Tensor): Tensor => {
  const [scale, alpha] = [1.0507009873554805, 1.6732632423543772]
  return mul(scale, where(greaterEqual(x, 0), x, mul(alpha, ops.expm1(ops.minimum(x, 0)))))
}

/** Kernels that compute each element from those at its place. */
export const ELEMENTWISE: Readonly<Record<string, Told>> = {
  Abs: one(ops.abs),
  Acos: one((x) => sub(Math.PI / 2, ops.asin(x))),
  Acosh: one((x) => log(add(x, mul(sqrt(sub(x, 1)), sqrt(add(x, 1)))))),
  Add: two(add),
  AddN: (inputs) => Object.values(inputs).reduce((sum, x) => add(sum, x)),
  Asin: one(ops.asin),
  Asinh: one(ops.asinh),
  Atan: one(ops.atan),
  Atanh: one(ops.atanh),
  Ceil: one((x) => neg(floor(neg(x)))),
  ClipByValue: ({ x }, { clipValueMin, clipValueMax }) =>
    clip(x!, clipValueMin as number, clipValueMax as number),
  Cos: one(ops.cos),
  Cosh: one((x) => mul(0.5, add(exp(x), exp(neg(x))))),
  Elu: one((x) => where(greaterEqual(x, 0), x, ops.expm1(ops.minimum(x, 0)))),
  Equal: two(ops.equal),
  Erf: one(ops.erf),
  Exp: one(exp),
  Expm1: one(ops.expm1),
  Floor: one(floor),
  FloorDiv: two(floorDiv),
  Greater: two(greater),
  GreaterEqual: two(greaterEqual),
  IsFinite: one(ops.isFinite),
  IsInf: one(ops.isInfinite),
  IsNan: one(ops.isNaN),
  LeakyRelu: ({ x }, { alpha }) => where(greaterEqual(x!, 0), x!, mul(alpha as number, x!)),
  Less: two(less),
  LessEqual: two(ops.lessEqual),
  Log: one(log),
  Log1p: one(ops.log1p),
  LogicalAnd: two(and),
  LogicalNot: one(not),
  LogicalOr: two(or),
  Maximum: two(maximum),
  Minimum: two(ops.minimum),
  Mod: two(floorMod),
  Multiply: two(mul),
  Neg: one(neg),
  NotEqual: two(ops.notEqual),
  Pow: two(ops.pow),
  Prelu: ({ x, alpha }) => where(greaterEqual(x!, 0), x!, mul(alpha!, x!)),
  RealDiv: two(div),
  Reciprocal: one((x) => div(1, x)),
  Relu: one((x) => maximum(x, 0)),
  Relu6: one((x) => clip(x, 0, 6)),
  Round: one(round),
  Rsqrt: one((x) => div(1, sqrt(x))),
  Select: ({ condition, t, e }) => where(condition!, t!, e!),
  Selu: one(selu),
  Sigmoid: one(ops.sigmoid),
  Sign: one(sign),
  Sin: one(ops.sin),
  Sinh: one((x) => mul(0.5, sub(ops.expm1(x), ops.expm1(neg(x))))),
  Softplus: one(ops.softplus),
  Sqrt: one(sqrt),
  Square: one(ops.square),
  SquaredDifference: two((a, b) => ops.square(sub(a, b))),
  Step: ({ x }, { alpha }) => where(ops.isNaN(x!), NaN, where(greater(x!, 0), 1, alpha as number)),
  Sub: two(sub),
  Tan: one(ops.tan),
  Tanh: one(ops.tanh),
}
