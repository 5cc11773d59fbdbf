import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import * as ops from '@variate/core/ops'
import { fill } from '@variate/core/ops'
import * as ort from 'onnxruntime-node'
import { describe, expect, test } from 'vitest'
import { compile } from '../../src/index.ts'
import { toOnnx } from '../../src/onnx/index.ts'
import { apart, expectedOf, ran, type Plain } from './ran.ts'

type Op = (...xs: readonly tf.Tensor[]) => tf.Tensor
const named = ops as unknown as Readonly<Record<string, Op>>

const NUMBERS = [
  NaN, Infinity, -Infinity, 0, -0, 1, -1, 2, -2, 0.5, -0.5, 3, 1e-8, -1e-8, 1e-20, 1e-38, 1e-42, 1e30, -1e30, 17.3,
  -17.3, 40, -40, 88, -88, 100, -100, 0.9999999, 1.0000001, 2.5, -2.5, 3.5, 1e10,
].map(Math.fround) // prettier-ignore

const vector = (data: readonly number[]): Plain => ({ data, shape: [data.length], dtype: 'float32' })

const UNARY =
  'abs neg sqrt square exp expm1 log log1p sigmoid tanh softplus floor sign isNaN isFinite isInfinite ' +
  'sin cos atan asinh erf erfc lgamma digamma logSigmoid ndtr logNdtr'
const BINARY =
  'add sub mul div maximum minimum pow equal notEqual less lessEqual greater greaterEqual xlogy logAddExp'

/** Operations that TensorFlow.js has and core has not, of one and of two. */
const UNARY_OF_TFJS = 'acos asin acosh atanh ceil cosh elu reciprocal relu6 round rsqrt selu sinh tan'
const BINARY_OF_TFJS = 'mod floorDiv squaredDifference atan2 prelu'
const ofTfjs = tf as unknown as Readonly<Record<string, Op>>

describe.each(['float32', 'float64'] as const)('at the ends of numbers, in %s', (precision) => {
  const tolerance = precision === 'float32' ? 1e-6 : 1e-12

  test.each(UNARY.split(' '))('%s', async (name) => {
    const f: Op = (x) => named[name]!(x!)
    const given = [vector(NUMBERS)]
    const [got, expected] = [await ran(f, given, precision), expectedOf(f, given, precision)]
    // By its roots it is a difference of terms that are larger, in both.
    const least = name === 'lgamma' ? 0.01 : undefined
    expect(apart(got[0]!, expected[0]!, tolerance, least)).toBeUndefined()
  })

  test.each(BINARY.split(' '))('%s', async (name) => {
    const f: Op = (a, b) => named[name]!(a!, b!)
    const pairs = NUMBERS.flatMap((a) => NUMBERS.map((b) => [a, b] as const))
    const given = [0, 1].map((side) => vector(pairs.map((pair) => pair[side]!)))
    const [got, expected] = [await ran(f, given, precision), expectedOf(f, given, precision)]
    expect(apart(got[0]!, expected[0]!, tolerance)).toBeUndefined()
  })

  test.each(`${UNARY_OF_TFJS} ${BINARY_OF_TFJS}`.split(' '))('%s of TensorFlow.js', async (name) => {
    const f: Op = (...xs) => ofTfjs[name]!(...xs)
    const pairs = NUMBERS.flatMap((a) => NUMBERS.map((b) => [a, b] as const))
    const given = BINARY_OF_TFJS.split(' ').includes(name)
      ? [0, 1].map((side) => vector(pairs.map((pair) => pair[side]!)))
      : [vector(NUMBERS)]
    const [got, expected] = [await ran(f, given, precision), expectedOf(f, given, precision)]
    expect(apart(got[0]!, expected[0]!, tolerance)).toBeUndefined()
  })

  test('whole numbers divided by 0, and what is too large', async () => {
    const least = -(2 ** 31)
    const given: readonly Plain[] = [
      { data: [7, -7, 0, 2 ** 31 - 1, least, 5, -5, least], shape: [8], dtype: 'int32' },
      { data: [0, 0, 0, -1, -1, -3, 3, least], shape: [8], dtype: 'int32' },
    ]
    const f = (a: tf.Tensor, b: tf.Tensor): tf.Tensor[] => [
      tf.floorDiv(a, b), tf.mod(a, b), tf.div(a, b), tf.pow(a, b), tf.mul(a, b), tf.squaredDifference(a, b),
      tf.maximum(a, b), tf.neg(a), tf.abs(b), tf.sum(a), tf.cumsum(a), tf.prod(a), tf.min(a), tf.argMax(a),
    ] // prettier-ignore
    const [got, expected] = [
      await ran(f as never, given, precision),
      expectedOf(f as never, given, precision),
    ]
    expect(got.map((x, i) => apart(x, expected[i]!, tolerance))).toEqual(expected.map(() => undefined))
  })

  test('tensors of no elements', async () => {
    const given: readonly Plain[] = [{ data: [], shape: [0, 3], dtype: 'float32' }]
    const f = (x: tf.Tensor): tf.Tensor[] => [
      tf.sum(x, 0), tf.sum(x, 1), tf.max(x, 0), tf.logSumExp(x, 0), tf.mean(x, 0), tf.transpose(x), tf.concat([x, x], 0),
      tf.tile(x, [2, 3]), tf.pad(x, [[1, 1], [0, 0]]), tf.slice(x, [0, 1], [0, 2]), tf.matMul(x, x, true), tf.add(x, 1),
      tf.cumsum(x, 0), tf.softmax(x as tf.Tensor2D), tf.reshape(x, [3, 0]), tf.argMax(x, 1),
      tf.gather(x, tf.tensor1d([0, 1], 'int32'), 1), tf.where(tf.greater(x, 0), x, tf.zerosLike(x)),
      ops.scatterAdd(x, tf.tensor1d([], 'int32'), [4, 3]), ops.diag(tf.reshape(x, [0, 3])),
      ops.searchSorted(tf.tensor1d([]), tf.tensor1d([1, NaN])),
    ] // prettier-ignore
    const [got, expected] = [
      await ran(f as never, given, precision),
      expectedOf(f as never, given, precision),
    ]
    expect(got.map((x, i) => apart(x, expected[i]!, tolerance))).toEqual(expected.map(() => undefined))
  })

  test('sums of many numbers are as exact as those of few', async () => {
    const count = 200_000
    const numbers = Array.from({ length: count }, (_, i) => Math.fround(0.1 + (i % 7)))
    const truth = numbers.reduce((sum, x) => sum + x, 0)
    const logTruth = Math.log(numbers.reduce((sum, x) => sum + Math.exp(x), 0))
    const f: Op = (x) => tf.stack([ops.sum(x!), ops.mean(x!), ops.logSumExp(x!)])
    const [got] = await ran(f, [vector(numbers)], precision)
    const wanted = vector([truth, truth / count, logTruth])
    expect(apart(got!, wanted, precision === 'float32' ? 1e-6 : 1e-12)).toBeUndefined()
  })

  test('added at one index, NaN and infinity are in that sum alone', async () => {
    const f: Op = (x) => ops.scatterAdd(x!, tf.tensor1d([1, 1, 0, 1, 3, 3], 'int32'), [4])
    const [got] = await ran(f, [vector([1, NaN, 3, Infinity, Infinity, 2])], precision)
    expect(Array.from(got!.data)).toEqual([3, NaN, 0, Infinity])
  })

  test.each([
    ['max', (x: tf.Tensor) => ops.max(x, 1)],
    ['sum', (x: tf.Tensor) => ops.sum(x, 1)],
    ['logSumExp', (x: tf.Tensor) => ops.logSumExp(x, 1)],
    ['softmax', (x: tf.Tensor) => ops.softmax(x)],
    ['to int32', (x: tf.Tensor) => ops.cast(x, 'int32')],
    ['to bool', (x: tf.Tensor) => ops.cast(x, 'bool')],
  ] as const)('%s', async (_, f) => {
    const rows = [
      [NaN, 1, 2], [1, NaN, 2], [1, 2, NaN], [Infinity, 1, 2], [-Infinity, -Infinity, -Infinity], [1, -Infinity, 2],
      [0, -0, 0], [1e30, 2, 3], [-3.7, 3.7, 2 ** 31], [2 ** 32 + 2 ** 10, -(2 ** 31), 1e20],
      [3 * 2 ** 31, -3 * 2 ** 31, 2 ** 31 + 2 ** 30], [-(2 ** 31) - 2 ** 30, 1e15, -1e15], [2 ** 56 + 2 ** 33, 0.5, -0.5],
    ] // prettier-ignore
    const given: readonly Plain[] = [
      { data: rows.flat().map(Math.fround), shape: [rows.length, 3], dtype: 'float32' },
    ]
    const [got, expected] = [await ran(f as Op, given, precision), expectedOf(f as Op, given, precision)]
    expect(apart(got[0]!, expected[0]!, tolerance)).toBeUndefined()
  })
})

test.each([[true], [false]])(
  'branches of one number each and a condition that is known keep their shape, algebra: %s',
  async (algebra) => {
    const chosen = compile(
      (x: tf.Tensor) =>
        [ops.where(fill([3], 1, 'bool'), 1, 2), ops.where(ops.less(x, 2), 1, 2)] as tf.Tensor[],
      { passes: { algebra } },
    )
    const given = Float32Array.of(1, 2, 3)
    chosen(given)
    const session = await ort.InferenceSession.create(toOnnx(chosen, { args: [given] }))
    const results = await session.run({ [session.inputNames[0]!]: new ort.Tensor('float32', given, [3]) })
    const [one, other] = session.outputNames.map((name) => results[name]!)
    expect([one!.dims, [...(one!.data as Float32Array)]]).toEqual([[3], [1, 1, 1]])
    expect([other!.dims, [...(other!.data as Float32Array)]]).toEqual([[3], [1, 2, 2]])
  },
)
