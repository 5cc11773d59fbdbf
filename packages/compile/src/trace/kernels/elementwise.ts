import type { Tensor } from '@tensorflow/tfjs-core'
import { UnsupportedError } from '@variate/core'
import * as ops from '@variate/core/ops'
import type { TensorType } from '@variate/core/ops'
import type { Told } from '../registerKernels.ts'
import { atan2, floorDiv, mod, wholePow } from './binary.ts'

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

/** In the type of x: tfjs cuts what it computes of whole numbers to whole numbers, and takes no number for 0. */
function likewise(x: Tensor, y: Tensor): Tensor {
  if (x.dtype === 'float32' || x.dtype === y.dtype) return y
  const whole = y.dtype === 'float32' ? cast(where(ops.isFinite(y), y, 0), 'int32') : y
  return cast(whole, x.dtype as TensorType)
}

/** Kernels that give what they take. */
const one =
  (f: (x: Tensor) => Tensor): Told =>
  ({ x }) =>
    likewise(x!, f(x!))
const two =
  (f: (a: Tensor, b: Tensor) => Tensor): Told =>
  ({ a, b }) =>
    likewise(a!, f(a!, b!))
/** Kernels that give a type of their own. */
const oneTo =
  (f: (x: Tensor) => Tensor): Told =>
  ({ x }) =>
    f(x!)
const twoTo =
  (f: (a: Tensor, b: Tensor) => Tensor): Told =>
  ({ a, b }) =>
    f(a!, b!)

/** Of truth values tfjs gives bytes that are none, 2 for 1 + 1. */
const ofNumbers =
  (name: string, told: Told): Told =>
  (inputs, attributes, trace) => {
    if (!Object.values(inputs).some(({ dtype }) => dtype === 'bool')) return told(inputs, attributes, trace)
    throw new UnsupportedError(`compile: ${name} of bool cannot be traced: cast to int32 or float32 first`)
  }

const sign = (x: Tensor): Tensor => ops.sign(x) as Tensor
const round = (x: Tensor): Tensor => {
  if (x.dtype !== 'float32') return x
  // Halves go to the even neighbour, as in tfjs.
  const down = floor(x)
  const rest = sub(x, down)
  const isOdd = ops.notEqual(mul(2, floor(mul(0.5, down))), down)
  return where(or(greater(rest, 0.5), and(ops.equal(rest, 0.5), isOdd)), add(down, 1), down)
}
/** The derivative at 0 is 0, NaN stays NaN. */
const relu = (x: Tensor): Tensor => where(ops.lessEqual(x, 0), 0, x)
const selu = (x: Tensor): Tensor => {
  const [scale, alpha] = [1.0507009873554805, 1.6732632423543772]
  return mul(scale, where(greater(x, 0), x, mul(alpha, ops.expm1(ops.minimum(x, 0)))))
}

/** Cut numbers are in the order that they were in. */
const wholeBound = (x: number): number => Math.min(Math.max(Math.trunc(x), -(2 ** 31)), 2 ** 31 - 1)

/** Kernels that compute each element from those at its place. */
export const ELEMENTWISE: Readonly<Record<string, Told>> = {
  Abs: one(ops.abs),
  Acos: one((x) => sub(Math.PI / 2, ops.asin(x))),
  Acosh: one((x) => log(add(x, mul(sqrt(sub(x, 1)), sqrt(add(x, 1)))))),
  Add: ofNumbers('Add', two(add)),
  AddN: ofNumbers('AddN', (inputs) => Object.values(inputs).reduce((sum, x) => add(sum, x))),
  Asin: one(ops.asin),
  Asinh: one(ops.asinh),
  Atan: one(ops.atan),
  // Of whole numbers the angle is computed in real ones, then cut.
  Atan2: two((a, b) => atan2(cast(a, 'float32'), cast(b, 'float32'))),
  Atanh: one(ops.atanh),
  Ceil: one((x) => neg(floor(neg(x)))),
  ClipByValue: ({ x }, attributes) => {
    const { clipValueMin, clipValueMax } = attributes as Record<'clipValueMin' | 'clipValueMax', number>
    const bounds = [clipValueMin, clipValueMax] as const
    const [low, high] = x!.dtype === 'float32' ? bounds : bounds.map(wholeBound)
    return likewise(x!, clip(x!, low!, high!))
  },
  Cos: one(ops.cos),
  Cosh: one((x) => mul(0.5, add(exp(x), exp(neg(x))))),
  Elu: one((x) => where(greaterEqual(x, 0), x, ops.expm1(ops.minimum(x, 0)))),
  Equal: twoTo(ops.equal),
  Erf: one(ops.erf),
  Exp: oneTo(exp),
  Expm1: one(ops.expm1),
  Floor: one(floor),
  FloorDiv: twoTo(floorDiv),
  Greater: twoTo(greater),
  GreaterEqual: twoTo(greaterEqual),
  IsFinite: oneTo(ops.isFinite),
  IsInf: oneTo(ops.isInfinite),
  IsNan: oneTo(ops.isNaN),
  LeakyRelu: ({ x }, { alpha }) => where(greater(x!, 0), x!, mul(alpha as number, x!)),
  Less: twoTo(less),
  LessEqual: twoTo(ops.lessEqual),
  Log: one(log),
  Log1p: one(ops.log1p),
  LogicalAnd: twoTo(and),
  LogicalNot: oneTo(not),
  LogicalOr: twoTo(or),
  Maximum: two(maximum),
  Minimum: two(ops.minimum),
  Mod: ofNumbers('Mod', two(mod)),
  Multiply: two(mul),
  Neg: ofNumbers('Neg', one(neg)),
  NotEqual: twoTo(ops.notEqual),
  Pow: two((a, b) => (a.dtype === 'float32' ? ops.pow : wholePow)(a, b)),
  Prelu: ({ x, alpha }) => cast(where(less(x!, 0), mul(alpha!, x!), x!), 'float32'),
  RealDiv: ofNumbers('RealDiv', two(div)),
  Reciprocal: one((x) => div(1, x)),
  Relu: one(relu),
  Relu6: one((x) => relu(ops.minimum(x, 6))),
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
  Step: ({ x }, { alpha }) =>
    likewise(x!, where(ops.isNaN(x!), NaN, where(greater(x!, 0), 1, alpha as number))),
  Sub: ofNumbers('Sub', two(sub)),
  Tan: one(ops.tan),
  Tanh: one(ops.tanh),
}
