import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { add, constant, div, exp, fill, log, mul, sub, sum } from '@variate/core/ops'
import { compile } from '../src/index.ts'

const read = (x: tf.Tensor): number[] => {
  const values = Array.from(x.dataSync())
  x.dispose()
  return values
}
const each = Float32Array.of(-0, 0, 1, NaN, -Infinity)

describe.each(['wasm', 'eager'] as const)('on the engine %s', (engine) => {
  test('a zero is neutral only with the sign that leaves −0 as it is (IEEE 754 §6.3)', () => {
    const f = compile((x: tf.Tensor) => [add(x, 0), add(x, -0), add(0, x), sub(x, 0), sub(x, -0)], { engine })
    const truth = [0, -0, 0].map((c) => Array.from(each, (x) => x + c))
    const minus = [0, -0].map((c) => Array.from(each, (x) => x - c))
    expect(f(each).map(read)).toEqual([...truth, ...minus])
    const g = compile((x: tf.Tensor) => [tf.add(x, tf.zerosLike(x)), tf.sub(x, tf.zerosLike(x))], { engine })
    expect(g(each).map(read)).toEqual([truth[0], minus[0]])
  })

  test('constants are rounded after each operation', () => {
    const f = compile(
      () => [
        sub(add(constant(1e8), 1), 1e8),
        div(exp(constant(100)), 1e40),
        log(exp(constant(100))),
        add(constant(0.1), constant(0.2)),
      ],
      { engine },
    )
    const third = Math.fround(Math.fround(0.1) + Math.fround(0.2))
    expect(f().map(read)).toEqual([[0], [Infinity], [Infinity], [third]])
    expect(f.explain().needed).toBe(3)
  })

  test('a constant tensor is a float32 number also where it becomes a constant of an operation', () => {
    const f = compile((x: tf.Tensor) => mul(x, fill([1], 0.1)), { engine })
    expect(read(f(Float32Array.of(3)))).toEqual([Math.fround(3 * Math.fround(0.1))])
  })

  test('the sum of nothing is 0, whatever there is none of', () => {
    const f = compile(() => [sum(fill([0], Infinity)), sum(fill([2, 0], NaN), 1), sum(fill([3], -0))], {
      engine,
    })
    expect(f().map(read)).toEqual([[0], [0, 0], [0]])
  })
})

test('in float64 constants are folded in float64', () => {
  const f = compile(() => [sub(add(constant(1e8), 1), 1e8), div(exp(constant(100)), 1e40)], {
    precision: 'float64',
  })
  expect(f().map(({ data }) => data[0])).toEqual([1, Math.exp(100) / 1e40])
})

test('added to 0 elements are what IEEE 754 says without compiling, too', () => {
  tf.tidy(() => {
    expect(Array.from(add(tf.tensor1d(each), 0).dataSync())).toEqual(Array.from(each, (x) => x + 0))
    expect(Array.from(sub(tf.tensor1d(each), -0).dataSync())).toEqual(Array.from(each, (x) => x + 0))
    expect(Array.from(sub(tf.tensor1d(each), 0).dataSync())).toEqual(Array.from(each))
  })
})
