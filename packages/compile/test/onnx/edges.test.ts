import '@tensorflow/tfjs-backend-cpu'
import type * as tf from '@tensorflow/tfjs-core'
import * as ops from '@variate/core/ops'
import { describe, expect, test } from 'vitest'
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
