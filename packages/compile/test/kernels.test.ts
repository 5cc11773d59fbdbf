import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ndarray, ShapeError, UnsupportedError, type NdArray } from '@variate/core'
import type { TensorType } from '@variate/core/ops'
import { compile, grad } from '../src/index.ts'
import { UNTRACED } from '../src/trace/kernels/untraced.ts'
import { CONVOLUTION_CALLS } from './convolution/calls.ts'
import { TRACED } from '../src/trace/registerKernels.ts'

// What TensorFlow.js's own cpu backend gives for the same call is the truth.

const x = [-2.5, -1, -0.25, 0, 0.5, 1.5]
const p = [0.1, 0.25, 0.5, 0.75, 0.9, 0.99]
const m = [
  [1, -2, 3],
  [0.5, 4, -6],
]
type Call = readonly [
  inputs: readonly (number[] | number[][])[],
  f: (...xs: tf.Tensor[]) => tf.Tensor | tf.Tensor[],
]
const one = (f: (a: tf.Tensor) => tf.Tensor | tf.Tensor[], input: number[] | number[][] = x): Call => [
  [input],
  f,
]
const two = (f: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor): Call => [[x, x.toReversed()], f]
const reduced = (f: (a: tf.Tensor, axis?: number, keepDims?: boolean) => tf.Tensor): Call =>
  one((a) => [f(a), f(a, 0), f(a, -1, true)], m)

/** Calls that run each kernel, by its name. */
const CALLS: Readonly<Record<string, Call>> = {
  _FusedMatMul: one(
    (a) => [
      tf.fused.matMul({ a, b: a, transposeB: true }),
      ...(['linear', 'relu', 'elu', 'relu6', 'sigmoid'] as const).map((activation) =>
        tf.fused.matMul({ a, b: a, transposeA: true, bias: tf.tensor1d([1, -40, 0.5]), activation }),
      ),
      tf.fused.matMul({ a, b: a, transposeB: true, activation: 'leakyrelu', leakyreluAlpha: 0.3 }),
      tf.fused.matMul({
        a,
        b: a,
        transposeB: true,
        activation: 'prelu',
        preluActivationWeights: tf.scalar(0.1),
      }),
    ],
    m,
  ),
  Abs: one(tf.abs),
  Acos: one(tf.acos, p),
  Acosh: one((a) => tf.acosh(tf.add(a, 4))),
  Add: two(tf.add),
  AddN: two((a, b) => tf.addN([a, b, a])),
  All: reduced((a, axis, keep) => tf.all(tf.greater(a, -2), axis, keep)),
  Any: reduced((a, axis, keep) => tf.any(tf.greater(a, 2), axis, keep)),
  ArgMax: one((a) => [tf.argMax(a), tf.argMax(a, 1), tf.argMax(tf.log(a), -1), tf.argMax(tf.sign(a), 1)], m),
  ArgMin: one(
    (a) => [tf.argMin(a), tf.argMin(a, 1), tf.argMin(tf.log(a), 1), tf.argMin(tf.cast(a, 'int32'))],
    m,
  ),
  Asin: one(tf.asin, p),
  Asinh: one(tf.asinh),
  Atan: one(tf.atan),
  Atan2: two(tf.atan2),
  Atanh: one(tf.atanh, p),
  ...CONVOLUTION_CALLS,
  BatchMatMul: one((a) => [tf.matMul(a, a, false, true), tf.matMul(a, a, true)], m),
  BroadcastTo: one((a) => tf.broadcastTo(a, [2, 6])),
  Cast: one((a) => [tf.cast(a, 'int32'), tf.cast(a, 'bool')]),
  Ceil: one(tf.ceil),
  ClipByValue: one((a) => tf.clipByValue(a, -1, 0.75)),
  Concat: one((a) => {
    const whole = tf.cast(a, 'int32')
    return [
      tf.concat([a, a], 0),
      tf.concat([a, tf.neg(a)], 1),
      tf.concat([a, whole]),
      tf.concat([whole, a], -1),
    ]
  }, m),
  Cos: one(tf.cos),
  Cosh: one(tf.cosh),
  Cumprod: one(
    (a) => [
      tf.cumprod(a, 0),
      tf.cumprod(a, 1),
      tf.cumprod(a, 1, true),
      tf.cumprod(a, 1, false, true),
      tf.cumprod(a, 1, true, true),
      tf.cumprod(tf.cast(a, 'int32'), 1),
    ],
    m,
  ),
  Cumsum: one((a) => [tf.cumsum(a, 0), tf.cumsum(a, 1, true), tf.cumsum(a, 1, false, true)], m),
  Diag: one((a) => [tf.diag(a), tf.diag(tf.reshape(a, [2, 3]))]),
  Einsum: one((a) => {
    const cube = tf.reshape(tf.range(0, 24, 1), [2, 3, 4])
    return [
      tf.einsum('ij,jk->ik', a, tf.transpose(a)),
      tf.einsum('ij,kj->ki', a, a),
      tf.einsum('ij,ij->', a, a),
      tf.einsum('ij,kl->likj', a, a),
      tf.einsum('ij->ji', a),
      tf.einsum('ij->', a),
      tf.einsum('ij, ijk -> kj', a, cube),
      tf.einsum('bij,bj->bi', tf.transpose(cube, [0, 2, 1]), a),
      tf.einsum('ij,jk->ik', tf.cast(a, 'int32'), tf.cast(tf.transpose(a), 'int32')),
    ]
  }, m),
  Elu: one(tf.elu),
  EluGrad: two((dy, y) => tf.engine().runKernel('EluGrad', { dy, y })),
  Equal: two(tf.equal),
  Erf: one(tf.erf),
  Exp: one(tf.exp),
  ExpandDims: one((a) => [tf.expandDims(a, 1), tf.expandDims(a, -1)], m),
  Expm1: one(tf.expm1),
  // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type
  Fill: one((a) => tf.add(a, tf.fill([6], a.rank))),
  Floor: one(tf.floor),
  FloorDiv: one((a) => tf.floorDiv(tf.cast(tf.mul(a, 8), 'int32'), tf.scalar(3, 'int32'))),
  GatherV2: one(
    (a) => [tf.gather(a, tf.tensor1d([1, 0, 1], 'int32')), tf.gather(a, tf.tensor1d([2], 'int32'), 1)],
    m,
  ),
  GatherNd: one((a) => {
    const at = (places: number[][]) => tf.gatherND(a, tf.tensor2d(places, undefined, 'int32'))
    return [at([[1], [0], [1]]), at([[0, 2], [1, 0]]), tf.gatherND(a, tf.tensor3d([[[1, 1]], [[0, 1]]], undefined, 'int32'))] // prettier-ignore
  }, m),
  Greater: two(tf.greater),
  GreaterEqual: two(tf.greaterEqual),
  Identity: one((a) => tf.add(a.clone(), 1)),
  IsFinite: one((a) => tf.isFinite(tf.div(1, a))),
  IsInf: one((a) => tf.isInf(tf.div(1, a))),
  IsNan: one((a) => tf.isNaN(tf.log(a))),
  LeakyRelu: one((a) => tf.leakyRelu(a, 0.3)),
  Less: two(tf.less),
  LessEqual: two(tf.lessEqual),
  LinSpace: one((a) => [tf.mul(a, tf.linspace(1, -2, 6)), tf.linspace(3, 5, 1), tf.linspace(0, 1, 2)]),
  Log: one(tf.log, p),
  Log1p: one(tf.log1p, p),
  LogicalAnd: two((a, b) => tf.logicalAnd(tf.greater(a, 0), tf.greater(b, 0))),
  LogicalNot: one((a) => tf.logicalNot(tf.greater(a, 0))),
  LogicalOr: two((a, b) => tf.logicalOr(tf.greater(a, 0), tf.greater(b, 0))),
  LogSoftmax: one((a) => tf.logSoftmax(a), m),
  Max: reduced(tf.max),
  Maximum: two(tf.maximum),
  Mean: reduced(tf.mean),
  Min: reduced(tf.min),
  Minimum: two(tf.minimum),
  MirrorPad: one(
    (a) => [
      tf.mirrorPad(a, [[1, 0], [2, 1]], 'reflect'), // prettier-ignore
      tf.mirrorPad(a, [[2, 1], [0, 3]], 'symmetric'), // prettier-ignore
    ],
    m,
  ),
  Mod: one((a) => tf.mod(a, 0.75)),
  Multiply: two(tf.mul),
  Neg: one(tf.neg),
  NotEqual: two(tf.notEqual),
  OneHot: one((a) => [
    tf.oneHot(tf.cast(a, 'int32'), 3),
    tf.oneHot(tf.tensor2d([[0, 1]], [1, 2], 'int32'), 2, 0.5, -1, 'float32'),
    tf.oneHot(tf.cast(a, 'int32'), 2, 1, 0, 'bool'),
  ]),
  OnesLike: one((a) => tf.add(a, tf.onesLike(a))),
  Pack: one((a) => [tf.stack([a, a]), tf.stack([a, tf.neg(a)], 1)]),
  PadV2: one((a) => [tf.pad(a, [[1, 0], [0, 2]]), tf.pad(a, [[0, 1], [1, 1]], 7)], m), // prettier-ignore
  Pow: one((a) => [tf.pow(a, 3), tf.pow(2, a)]),
  Prelu: one((a) => tf.prelu(a, tf.scalar(0.2))),
  Prod: reduced((a, axis, keep) => tf.prod(a, axis, keep)),
  Range: one((a) => [
    tf.add(a, tf.range(0, 3, 0.5)),
    tf.range(5, 0),
    tf.range(5, 0, -2),
    tf.range(5, 0, 2),
    tf.range(0, 5, -1),
    tf.range(1, 1),
    tf.range(0, 4, 1.5, 'int32'),
    tf.range(0.5, 4, 1, 'int32'),
  ]),
  RealDiv: two(tf.div),
  Reciprocal: one(tf.reciprocal, p),
  Relu: one(tf.relu),
  Relu6: one((a) => tf.relu6(tf.mul(a, 6))),
  Reshape: one((a) => [tf.reshape(a, [3, 2]), tf.reshape(a, [-1])], m),
  Reverse: one((a) => [tf.reverse(a), tf.reverse(a, 1)], m),
  Round: one((a) => tf.round(tf.mul(a, 2))),
  Rsqrt: one(tf.rsqrt, p),
  Select: two((a, b) => tf.where(tf.greater(a, b), a, tf.mul(2, b))),
  Selu: one(tf.selu),
  Sigmoid: one(tf.sigmoid),
  Sign: one(tf.sign),
  Sin: one(tf.sin),
  Sinh: one(tf.sinh),
  Slice: one(
    (a) => [
      tf.slice(a, [0, 1], [2, 2]),
      tf.slice(a, [1, 0], [1, -1]),
      tf.slice(a, 1),
      tf.slice(a, [1]),
      tf.slice(a, [1], [1]),
      tf.slice(a, 0, 1),
      tf.slice(a, [0, 3]),
    ],
    m,
  ),
  Softmax: one((a) => tf.softmax(a), m),
  Softplus: one(tf.softplus),
  SplitV: one((a) => [...tf.split(a, 3, 1), ...tf.split(a, [1, 2], 1), ...tf.split(a, [1, -1], -1)], m),
  Sqrt: one(tf.sqrt, p),
  Square: one(tf.square),
  SquaredDifference: two(tf.squaredDifference),
  Step: one((a) => tf.step(a, 0.1)),
  StridedSlice: one(
    (a) => [
      tf.stridedSlice(a, [0, 0], [2, 3], [1, 2]),
      tf.stridedSlice(a, [0], [-1], [1]),
      tf.stridedSlice(a, [0, 2], [9, -9], [1, -1]),
      tf.stridedSlice(a, [1, 2], [1, 2], [1, 1]),
      tf.stridedSlice(a, [1, 1], [2, 2], [1, 1], 0b10, 0b10),
      tf.stridedSlice(a, [-1, 0], [0, 9], [1, 1], 0, 0, 0, 0, 0b1),
      tf.stridedSlice(a, [0, 1], [0, 9], [1, 1], 0, 0, 0b1),
      tf.stridedSlice(a, [0, 0, 1], [0, 2, 3], [1, 1, 1], 0, 0, 0, 0b1),
    ],
    m,
  ),
  Sub: two(tf.sub),
  Sum: reduced(tf.sum),
  Tan: one(tf.tan),
  Tanh: one(tf.tanh),
  Tile: one((a) => [tf.tile(a, [2, 3]), tf.tile(a, [1, 0])], m),
  Transpose: one((a) => tf.transpose(a), m),
  Unpack: one((a) => [...tf.unstack(a), ...tf.unstack(a, 1)], m),
  UnsortedSegmentSum: one((a) => {
    const sums = (ids: number[], count: number) => tf.unsortedSegmentSum(a, tf.tensor1d(ids, 'int32'), count)
    return [sums([2, 0], 3), sums([1, 1], 2), sums([1, 7], 2), sums([-1, 0], 2)]
  }, m),
  ZerosLike: one((a) => tf.add(a, tf.zerosLike(a))),
}

let tensors: number
beforeEach(() => void (tensors = tf.memory().numTensors))
// oxlint-disable-next-line vitest/no-standalone-expect
afterEach(() => expect(tf.memory().numTensors, 'tensors left').toBe(tensors))

test('every kernel that is traced is tried', () => {
  expect(Object.keys(TRACED).toSorted()).toEqual(Object.keys(CALLS).toSorted())
})

test('every kernel of TensorFlow.js is traced, or refused with a reason', () => {
  // tfjs-core exports the names of kernels as constants of that name, two with a capital of their own.
  const names = Object.entries(tf).flatMap(([name, value]) =>
    value === name || (name === '_FusedMatMul' && typeof value === 'string') ? [value] : [],
  )
  expect(names.length).toBeGreaterThan(150)
  expect([...Object.keys(TRACED), ...Object.keys(UNTRACED)].toSorted()).toEqual(names.toSorted())
})

test.each(Object.keys(UNTRACED))('%s is refused with a reason', (name) => {
  const f = compile((a: tf.Tensor) => tf.engine().runKernel(name, { x: a }) as tf.Tensor)
  const call = () => f(Float32Array.of(1, 2))
  expect(call).toThrow(UnsupportedError)
  expect(call).toThrow(`compile: ${name} cannot be traced: `)
})

test('complex numbers and texts are refused', () => {
  const texts = tf.tensor1d(['a', 'b'])
  const [re, im] = [tf.tensor1d([1, 2]), tf.tensor1d([3, 4])]
  const complex = tf.complex(re, im)
  const refusal = (f: (a: tf.Tensor) => tf.Tensor) => () => compile(f)(Float32Array.of(1, 2))
  expect(refusal(() => tf.reshape(texts, [2, 1]))).toThrow('of string cannot be traced')
  expect(refusal(() => tf.add(complex, complex))).toThrow('of complex64 cannot be traced')
  expect(refusal((a) => tf.complex(a, a))).toThrow('Complex cannot be traced')
  expect(refusal((a) => tf.cast(a, 'complex64'))).toThrow('cannot be traced')
  tf.dispose([texts, re, im, complex])
})

test.each(Object.entries(CALLS))('%s gives compiled what it gives eagerly', (_, [inputs, f]) => {
  const found = tf.tidy(() =>
    differences(
      inputs.map((input) => tf.tensor(input)),
      f,
    ),
  )
  expect(found).toEqual([])
})

/** Where `f`, compiled in each engine and precision, does not give the types, shapes and numbers that it gives eagerly. */
function differences(given: readonly tf.Tensor[], f: Call[1]): string[] {
  const all = (...xs: readonly tf.Tensor[]) => [f(...xs)].flat()
  const expected = all(...given)
  const wide = compile(all, { precision: 'float64' })
  const compiled = {
    wasm: compile(all, { engine: 'wasm' }),
    loops: compile(all, { engine: 'wasm', passes: { unrolling: false } }),
    eager: compile(all, { engine: 'eager' }),
    float64: (...xs: readonly tf.Tensor[]) => wide(...xs).map((x, i) => tensorOf(x, expected[i]!.dtype)),
  }
  return Object.entries(compiled).flatMap(([engine, run]) => {
    const results = run(...given)
    return expected.flatMap((want, i) => {
      const result = results[i]!
      const [told, truth] = [result, want].map(({ dtype, shape }) => `${dtype} [${shape}]`)
      const [numbers, wanted] = [result.dataSync(), want.dataSync()]
      const far = Array.from(wanted).findIndex((y, j) => !isNear(numbers[j]!, y))
      return told === truth && far < 0
        ? []
        : [`${engine}, result ${i}: ${told} for ${truth}, ${numbers[far]} for ${wanted[far]} at ${far}`]
    })
  })
}

function tensorOf({ data, shape }: NdArray, dtype: tf.DataType): tf.Tensor {
  const type = { float32: Float64Array, int32: Int32Array, bool: Uint8Array }[dtype as TensorType]
  if (!(data instanceof type)) throw new TypeError(`${data.constructor.name} for ${dtype}`)
  return tf.tensor(Array.from(data), [...shape], dtype)
}

function isNear(got: number, truth: number): boolean {
  return Object.is(got, truth) || Math.abs(got - truth) <= 2e-6 * Math.max(1, Math.abs(truth))
}

const NUMBERS = {
  float32: [-2.5, -1, -0.25, 0, 0.5, 1.5, 1, 5.3, NaN, Infinity, -Infinity],
  int32: [-3, -1, 0, 1, 2, 5, 7, -8, 9, 2, 3],
  bool: [1, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0],
} as const
const DTYPES = ['float32', 'int32', 'bool'] as const
// prettier-ignore
const UNARY: Readonly<Record<string, (a: tf.Tensor) => tf.Tensor>> = {
  abs: tf.abs, acos: tf.acos, acosh: tf.acosh, asin: tf.asin, asinh: tf.asinh, atan: tf.atan, ceil: tf.ceil, exp: tf.exp,
  expm1: tf.expm1, floor: tf.floor, isFinite: tf.isFinite, log1p: tf.log1p, neg: tf.neg, reciprocal: tf.reciprocal,
  relu: tf.relu, relu6: tf.relu6, round: tf.round, selu: tf.selu, sinh: tf.sinh, softplus: tf.softplus, square: tf.square,
  step: tf.step, clipByValue: (a: tf.Tensor) => tf.clipByValue(a, -1.5, 0.75), max: tf.max, mean: tf.mean, min: tf.min,
  softmax: tf.softmax, sum: tf.sum, cumsum: tf.cumsum,
}
// prettier-ignore
const BINARY: Readonly<Record<string, (a: tf.Tensor, b: tf.Tensor) => tf.Tensor>> = {
  add: tf.add, sub: tf.sub, mul: tf.mul, div: tf.div, floorDiv: tf.floorDiv, mod: tf.mod, pow: tf.pow, maximum: tf.maximum,
  minimum: tf.minimum, squaredDifference: tf.squaredDifference, equal: tf.equal, less: tf.less, prelu: tf.prelu,
}
/** What tfjs computes of truth values in bytes, which are 2 or 255 then. */
const OF_NUMBERS = new Set(['add', 'sub', 'div', 'mod', 'neg'])

const isRefused = (name: string, dtype: string) => dtype === 'bool' && OF_NUMBERS.has(name)
/** Each op with arguments of each type that tfjs takes for it: one list, or two of all pairs. */
const TYPED = DTYPES.flatMap((dtype) =>
  [...Object.entries(UNARY), ...Object.entries(BINARY)].map(([name, op]) => {
    const f = op as Call[1]
    const of = () => {
      const a = tf.tensor1d([...NUMBERS[dtype]], dtype)
      return name in UNARY ? [a] : [tf.reshape(a, [-1, 1]), a]
    }
    return { name, dtype, f: (...xs: tf.Tensor[]) => f(...xs), of }
  }),
).filter(({ f, of }) => tf.tidy(() => gives(f, of())))

test.each(TYPED.filter(({ name, dtype }) => !isRefused(name, dtype)))(
  '$name of $dtype gives what it gives eagerly',
  ({ f, of }) => {
    expect(tf.tidy(() => differences(of(), f))).toEqual([])
  },
)

test.each(TYPED.filter(({ name, dtype }) => isRefused(name, dtype)))(
  '$name of bool is refused',
  ({ f, of }) => {
    expect(() => tf.tidy(() => differences(of(), f))).toThrow('of bool cannot be traced: cast to int32 or')
  },
)

/** Whether tfjs takes these types. */
function gives(f: Call[1], given: readonly tf.Tensor[]): boolean {
  try {
    f(...given)
    return true
  } catch {
    return false
  }
}

/** Calls at the edges of what the ops take. */
const EDGES: Readonly<Record<string, readonly [of: () => tf.Tensor, f: Call[1]]>> = {
  'rests by numbers': [
    () => tf.tensor1d([1, 5.3, -1]),
    (a) => [tf.mod(a!, 0.1), tf.mod(a!, Infinity), tf.mod(2, a!)],
  ],
  'large powers': [() => tf.tensor1d([3, -7], 'int32'), (a) => tf.pow(a!, tf.scalar(17, 'int32'))],
  quotients: [() => tf.tensor1d([1, 5.3, -1]), (a) => [tf.floorDiv(a!, 0.1), tf.floorDiv(7, a!)]],
  'the least number': [() => tf.tensor1d([-(2 ** 31), 3], 'int32'), (a) => [tf.min(a!), tf.max(a!)]],
  'means of nothing': [() => tf.tensor2d([], [0, 2]), (a) => [tf.mean(a!), tf.mean(a!, 0), tf.mean(a!, 1)]],
  'softmax of NaN': [() => tf.tensor1d([NaN, 1.5]), (a) => [tf.softmax(a!), tf.logSoftmax(a!)]],
  'softmax of ∞': [() => tf.tensor1d([Infinity, 1.5]), (a) => [tf.softmax(a!), tf.logSoftmax(a!)]],
}

test.each(Object.entries(EDGES))('%s are those of eager calls', (_, [of, f]) => {
  expect(tf.tidy(() => differences([of()], f))).toEqual([])
})

// The derivatives that tfjs's gradients (dist/gradients/Relu_grad.js and so on) give.
const KINKS: Readonly<
  Record<string, readonly [(x: tf.Tensor) => tf.Tensor, at: number[], slopes: number[]]>
> = {
  relu: [tf.relu, [-1, 0, 2], [0, 0, 1]],
  relu6: [tf.relu6, [-1, 0, 2, 6, 7], [0, 0, 1, 1, 0]],
  leakyRelu: [(a) => tf.leakyRelu(a, 0.25), [-1, 0, 2], [0.25, 0.25, 1]],
  elu: [tf.elu, [0, 2], [1, 1]],
  clipByValue: [(a) => tf.clipByValue(a, -1, 1), [-2, -1, 0, 1, 2], [0, 1, 1, 1, 0]],
  prod: [tf.prod, [2, 0, 4], [0, 8, 0]],
  cumprod: [tf.cumprod, [2, 0, 4], [1, 10, 0]],
  atan2: [(a) => tf.atan2(a, a), [1, -2], [0, 0]],
  mod: [(a) => tf.mod(a, 0.75), [-1, 0.5, 2], [1, 1, 1]],
  'mod in the divisor': [(a) => tf.mod(tf.scalar(7), a), [2, -2, 4], [-3, 4, -1]],
}

test.each(Object.entries(KINKS))('the derivative of %s', (_, [f, at, slopes]) => {
  const slope = compile(
    grad((a: tf.Tensor) => tf.sum(f(a))),
    { precision: 'float64' },
  )
  expect(Array.from(slope(Float64Array.from(at)).data)).toEqual(slopes)
})

const SHAPES: Readonly<Record<string, readonly [f: (a: tf.Tensor) => tf.Tensor, message: string]>> = {
  reshape: [(a) => tf.reshape(a, [5]), 'reshape: shape [2,3] has 6 elements, [5] has 5'],
  'reshape with a length to infer': [
    (a) => tf.reshape(a, [4, -1]),
    'reshape: shape [2,3] has 6 elements, [4,-1]',
  ],
  slice: [
    (a) => tf.slice(a, [0, 2], [1, 2]),
    'slice: of shape [2,3]: begin [0,2] and size [1,2] must lie within it',
  ],
  'slice along a list': [(a) => tf.slice(tf.reshape(a, [6]), [5], [2]), 'slice: of shape [6]: begin [5]'],
  'slice by negative numbers': [
    (a) => tf.slice(a, [0, -1]),
    'slice: of shape [2,3]: slice() does not support negative',
  ],
  concat: [
    (a) => tf.concat([a, tf.slice(a, 0, 1)], 1),
    'concat: shapes [2,3] and [1,3] must be equal but for axis 1',
  ],
  'concat of ranks': [
    (a) => tf.concat([a, tf.reshape(a, [6])]),
    'concat: shapes [2,3] and [6] must be equal',
  ],
  'concat along no axis': [(a) => tf.concat([a, a], 2), 'concat: axis must be one of shape [2,3], got 2'],
  'concat with a scalar': [
    (a) => tf.concat([a, tf.scalar(1)]),
    'concat: shapes [2,3] and [] must be equal but for axis 0',
  ],
  stack: [(a) => tf.stack([a, tf.reshape(a, [3, 2])]), 'concat: shapes [1,2,3] and [1,3,2] must be equal'],
  pad: [(a) => tf.pad(a, [[1, 1]]), 'pad: of shape [2,3]: paddings must be a pair of whole numbers ≥ 0 for each axis, got [[1,1]]'], // prettier-ignore
  'pad by less than nothing': [(a) => tf.pad(a, [[0, 0], [-1, 0]]), 'for each axis, got [[0,0],[-1,0]]'], // prettier-ignore
  gather: [(a) => tf.gather(a, [0], 2), 'gather: axis must be one of shape [2,3], got 2'],
  einsum: [
    (a) => tf.einsum('ij,jk->ik', a, a),
    "einsum: 'ij,jk->ik': Expected dimension 3 at axis 0 of input",
  ],
  gatherNd: [
    (a) => tf.gatherND(a, tf.zeros([1, 3], 'int32')),
    'gatherND: the last axis of indices must hold up to 2 coordinates, got shape [1,3]',
  ],
  matMul: [(a) => tf.matMul(a, a), 'matMul: shapes [2,3] and [2,3] do not match'],
  sum: [(a) => tf.sum(a, 2), 'sum: axis must be one of shape [2,3], got 2'],
  max: [(a) => tf.max(a, -3), 'max: axis must be one of shape [2,3], got -1'],
  transpose: [
    (a) => tf.transpose(a, [0, 0]),
    'transpose: the order of the axes of shape [2,3] must name each once, got [0,0]',
  ],
  split: [(a) => tf.split(a, 2, 1)[0]!, 'split: of shape [2,3]: Number of splits must evenly divide'],
  stridedSlice: [
    (a) => tf.stridedSlice(a, [0], [1], [0]),
    'stridedSlice: of shape [2,3]: strides[0] must be non-zero',
  ],
}

test.each(Object.entries(SHAPES))('shapes that do not fit are refused: %s', (_, [f, message]) => {
  const call = () => compile(f)(ndarray(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3]))
  expect(call).toThrow(message)
  expect(call).toThrow(ShapeError)
})

test('gather with batchDims is refused', () => {
  const f = compile((a: tf.Tensor) => tf.gather(a, tf.tensor2d([[0], [1]], [2, 1], 'int32'), 1, 1))
  expect(() => f(ndarray(Float32Array.of(1, 2, 3, 4), [2, 2]))).toThrow('got batchDims 1')
})
