import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { add, cast, constant, div, maximum, mul, type TensorType } from '@variate/core/ops'
import { compile } from '../src/index.ts'

// The truth is what Int32Array and ToInt32 (ECMA-262 §7.1.6) make of float64, as TensorFlow.js's cpu backend does.

const ENGINES = ['wasm', 'eager'] as const
const WHOLE = [0, 1, -1, 2, 3, -7, 65_535, 65_536, 12_345, 1_664_525, 1_013_904_223, 2 ** 31 - 1, -(2 ** 31)]
const BINARY: Readonly<Record<string, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  maximum: Math.max,
  minimum: Math.min,
}
const UNARY: Readonly<Record<string, (x: number) => number>> = {
  neg: (x) => -x,
  square: (x) => x * x,
  abs: Math.abs,
}
const REAL = [
  0,
  -0,
  0.5,
  -0.5,
  2.9,
  -2.9,
  3e9,
  -3e9,
  2 ** 32,
  2 ** 31,
  -(2 ** 31),
  2 ** 40,
  2 ** 63,
  -(2 ** 70),
]
const NUMBERS = [...REAL, 1e30, 1e-40, 3.4e38, Infinity, -Infinity, NaN]

const read = (x: tf.Tensor): number[] => {
  const values = Array.from(x.dataSync())
  x.dispose()
  return values
}

test.each(ENGINES)('a linear congruence wraps around (%s)', (engine) => {
  const next = compile(
    (x: tf.Tensor) => tf.add(tf.mul(x, tf.scalar(1_664_525, 'int32')), tf.scalar(1_013_904_223, 'int32')),
    {
      engine,
    },
  )
  expect(read(next(Int32Array.of(12_345)))).toEqual([87_628_868])
  const power = compile((x: tf.Tensor) => tf.mul(x, x), { engine })
  expect(read(power(Int32Array.of(65_536)))).toEqual([0])
})

test.each(ENGINES)('arithmetic of whole numbers is modulo 2³², and folding is no other (%s)', (engine) => {
  const [as, bs] = [WHOLE.flatMap((a) => WHOLE.map(() => a)), WHOLE.flatMap(() => WHOLE)]
  const int = (x: readonly number[]) => Int32Array.from(x)
  for (const [op, f] of Object.entries({ ...BINARY, ...UNARY })) {
    const of = (tf as unknown as Record<string, (...args: tf.Tensor[]) => tf.Tensor>)[op]!
    const count = f.length || 2
    const both = compile((a: tf.Tensor, b: tf.Tensor) => of(...[a, b].slice(0, count)), { engine })
    const truth = int(as.map((a, i) => f(a, bs[i]!)))
    expect(read(both(int(as), int(bs))), op).toEqual(Array.from(truth))
    for (const [i, a] of as.entries()) {
      if (i % 5) continue
      const args = [a, bs[i]!].slice(0, count)
      const known = compile(() => of(...args.map((x) => tf.scalar(x, 'int32'))), { engine })
      expect(read(known()), `${op} ${args}`).toEqual([truth[i]])
      expect(known.explain().needed).toBe(1)
    }
  }
})

test.each(['float32', 'float64'] as const)('casts cut to whole numbers modulo 2³² (%s)', (precision) => {
  const values =
    precision === 'float32'
      ? Float32Array.from(NUMBERS)
      : Float64Array.from([...NUMBERS, 2 ** 53 + 2, 1.7e308])
  for (const dtype of ['int32', 'bool'] as TensorType[]) {
    const truth = Array.from(values, (x) => (dtype === 'int32' ? x | 0 : +(x !== 0)))
    for (const engine of precision === 'float32' ? ENGINES : (['wasm'] as const)) {
      const f = compile((x: tf.Tensor) => cast(x, dtype), { engine, precision })
      const got = f(values) as unknown
      expect(got instanceof tf.Tensor ? read(got) : Array.from((got as { data: Int32Array }).data)).toEqual(
        truth,
      )
      for (const [i, x] of values.entries()) {
        const known = compile(() => cast(constant(x), dtype), { engine, precision })() as unknown
        const [value] = known instanceof tf.Tensor ? read(known) : (known as { data: Int32Array }).data
        expect(value, `${x} as ${dtype}`).toBe(truth[i])
      }
    }
  }
})

test.each(ENGINES)('quotients of whole numbers are real (%s)', (engine) => {
  const f = compile((a: tf.Tensor, b: tf.Tensor) => div(a, b), { engine })
  const q = [7 / 2, -1 / 3, (2 ** 31 - 1) / 2, Infinity, NaN].map(Math.fround)
  expect(read(f(Int32Array.of(7, -1, 2 ** 31 - 1, 1, 0), Int32Array.of(2, 3, 2, 0, 0)))).toEqual(q)
})

test.each(ENGINES)('whole numbers are summed and compared as such (%s)', (engine) => {
  const f = compile((x: tf.Tensor) => [tf.sum(x), tf.max(x), tf.sum(tf.cast(x, 'bool'))], { engine })
  expect(f(Int32Array.of(2 ** 31 - 1, 5, 9, 0)).map(read)).toEqual([[-(2 ** 31) + 13], [2 ** 31 - 1], [3]])
  expect(f(Int32Array.of(2 ** 31 - 1, 5, -7)).map(read)).toEqual([[2 ** 31 - 3], [2 ** 31 - 1], [3]])
})

test.each(ENGINES)('numbers among the arguments are whole, too (%s)', (engine) => {
  const f = compile((x: tf.Tensor) => [maximum(x, 3), mul(x, 65_536), add(2 ** 31 - 1, x)], { engine })
  expect(f(Int32Array.of(1, 65_536)).map(read)).toEqual([
    [3, 65_536],
    [65_536, 0],
    [-(2 ** 31), -(2 ** 31) + 65_535],
  ])
})
