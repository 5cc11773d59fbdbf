import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { NdArray } from '@variate/core'
import type { TensorType } from '@variate/core/ops'
import { compile } from '../src/index.ts'
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
  Abs: one(tf.abs),
  Acos: one(tf.acos, p),
  Acosh: one((a) => tf.acosh(tf.add(a, 4))),
  Add: two(tf.add),
  AddN: two((a, b) => tf.addN([a, b, a])),
  All: reduced((a, axis, keep) => tf.all(tf.greater(a, -2), axis, keep)),
  Any: reduced((a, axis, keep) => tf.any(tf.greater(a, 2), axis, keep)),
  Asin: one(tf.asin, p),
  Asinh: one(tf.asinh),
  Atan: one(tf.atan),
  Atanh: one(tf.atanh, p),
  BatchMatMul: one((a) => [tf.matMul(a, a, false, true), tf.matMul(a, a, true)], m),
  BroadcastTo: one((a) => tf.broadcastTo(a, [2, 6])),
  Cast: one((a) => [tf.cast(a, 'int32'), tf.cast(a, 'bool')]),
  Ceil: one(tf.ceil),
  ClipByValue: one((a) => tf.clipByValue(a, -1, 0.75)),
  Concat: one((a) => [tf.concat([a, a], 0), tf.concat([a, tf.neg(a)], 1)], m),
  Cos: one(tf.cos),
  Cosh: one(tf.cosh),
  Cumsum: one((a) => [tf.cumsum(a, 0), tf.cumsum(a, 1, true), tf.cumsum(a, 1, false, true)], m),
  Elu: one(tf.elu),
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
  Greater: two(tf.greater),
  GreaterEqual: two(tf.greaterEqual),
  Identity: one((a) => tf.add(a.clone(), 1)),
  IsFinite: one((a) => tf.isFinite(tf.div(1, a))),
  IsInf: one((a) => tf.isInf(tf.div(1, a))),
  IsNan: one((a) => tf.isNaN(tf.log(a))),
  LeakyRelu: one((a) => tf.leakyRelu(a, 0.3)),
  Less: two(tf.less),
  LessEqual: two(tf.lessEqual),
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
  Mod: one((a) => tf.mod(a, 0.75)),
  Multiply: two(tf.mul),
  Neg: one(tf.neg),
  NotEqual: two(tf.notEqual),
  OnesLike: one((a) => tf.add(a, tf.onesLike(a))),
  Pack: one((a) => [tf.stack([a, a]), tf.stack([a, tf.neg(a)], 1)]),
  PadV2: one((a) => [tf.pad(a, [[1, 0], [0, 2]]), tf.pad(a, [[0, 1], [1, 1]], 7)], m), // prettier-ignore
  Pow: one((a) => [tf.pow(a, 3), tf.pow(2, a)]),
  Prelu: one((a) => tf.prelu(a, tf.scalar(0.2))),
  Range: one((a) => tf.add(a, tf.range(0, 3, 0.5))),
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
  Slice: one((a) => [tf.slice(a, [0, 1], [2, 2]), tf.slice(a, [1, 0], [1, -1])], m),
  Softmax: one((a) => tf.softmax(a), m),
  Softplus: one(tf.softplus),
  SplitV: one((a) => [...tf.split(a, 3, 1), ...tf.split(a, [1, 2], 1)], m),
  Sqrt: one(tf.sqrt, p),
  Square: one(tf.square),
  SquaredDifference: two(tf.squaredDifference),
  Step: one((a) => tf.step(a, 0.1)),
  StridedSlice: one((a) => tf.stridedSlice(a, [0, 0], [2, 3], [1, 2]), m),
  Sub: two(tf.sub),
  Sum: reduced(tf.sum),
  Tan: one(tf.tan),
  Tanh: one(tf.tanh),
  Tile: one((a) => tf.tile(a, [2, 3]), m),
  Transpose: one((a) => tf.transpose(a), m),
  Unpack: one((a) => [...tf.unstack(a), ...tf.unstack(a, 1)], m),
  ZerosLike: one((a) => tf.add(a, tf.zerosLike(a))),
}

let tensors: number
beforeEach(() => void (tensors = tf.memory().numTensors))
// oxlint-disable-next-line vitest/no-standalone-expect
afterEach(() => expect(tf.memory().numTensors, 'tensors left').toBe(tensors))

test('every kernel that is traced is tried', () => {
  expect(Object.keys(TRACED).toSorted()).toEqual(Object.keys(CALLS).toSorted())
})

test.each(Object.entries(CALLS))('%s gives compiled what it gives eagerly', (name, [inputs, f]) => {
  const all = (...xs: readonly tf.Tensor[]) => [f(...xs)].flat()
  tf.tidy(() => {
    const given = inputs.map((input) => tf.tensor(input))
    const expected = all(...given)
    const wide = compile(all, { precision: 'float64' })
    const run = {
      wasm: compile(all, { engine: 'wasm' }),
      eager: compile(all, { engine: 'eager' }),
      float64: (...xs: tf.Tensor[]) => wide(...xs).map((x, i) => tensorOf(x, expected[i]!.dtype)),
    }
    for (const [engine, compiled] of Object.entries(run)) {
      const results = compiled(...given)
      expect(results.length).toBe(expected.length)
      for (const [i, result] of results.entries()) {
        const want = expected[i]!
        expect([result.shape, result.dtype], `${name} ${engine}`).toEqual([want.shape, want.dtype])
        const [got, truth] = [result.dataSync(), want.dataSync()]
        const far = Array.from(truth).findIndex((y, j) => !isNear(got[j]!, y))
        expect(far, `${name} ${engine}, result ${i}: ${got[far]} for ${truth[far]}`).toBe(-1)
      }
    }
  })
})

function tensorOf({ data, shape }: NdArray, dtype: tf.DataType): tf.Tensor {
  const type = { float32: Float64Array, int32: Int32Array, bool: Uint8Array }[dtype as TensorType]
  expect(data).toBeInstanceOf(type)
  return tf.tensor(Array.from(data), [...shape], dtype)
}

function isNear(got: number, truth: number): boolean {
  return Object.is(got, truth) || Math.abs(got - truth) <= 2e-6 * Math.max(1, Math.abs(truth))
}
