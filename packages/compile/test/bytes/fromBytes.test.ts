import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { NdArray, ndarray } from '@variate/core'
import { cholesky, gather } from '@variate/core/ops'
import { compile, fromBytes, grad } from '../../src/index.ts'
import { doubled } from '../inJavaScript.ts'
import { plain } from './plain.ts'
import { programs } from './programs.ts'

let tensors: number
beforeEach(() => {
  tensors = tf.memory().numTensors
})
afterEach(() => {
  // oxlint-disable-next-line vitest/no-standalone-expect
  expect(tf.memory().numTensors, 'tensors left').toBe(tensors)
})

describe.each(['float32', 'float64'] as const)('in %s', (precision) => {
  const all = programs({ precision })
  test.each(Object.keys(all))('%s: what is restored gives the same bits', (name) => {
    const { f, args } = all[name]!
    const bytes = f.toBytes(...args)
    const restored = fromBytes<(...args: unknown[]) => unknown>(bytes)
    const result = plain(f(...args))
    expect(plain(restored(...args))).toEqual(result)
    expect(plain(restored(...args)), 'again').toEqual(result)
    expect(restored.explain()).toMatchObject({ engine: 'wasm', called: [] })
    expect(plain(fromBytes<(...args: unknown[]) => unknown>(bytes, { plain: true })(...args))).toEqual(result)
  })
})

describe('restored functions', () => {
  const norm = compile((x: tf.Tensor) => tf.sqrt(tf.sum(tf.square(x))))
  const bytes = norm.toBytes(new Float32Array(2))

  test('take and return tensors as the compiled one does, or plain data', () => {
    const x = tf.tensor1d([3, 4])
    const result = fromBytes<typeof norm>(bytes)(x)
    expect(result).toBeInstanceOf(tf.Tensor)
    expect(plain(result)).toEqual({ shape: [], dtype: 'float32', data: [5] })
    const own = fromBytes<typeof norm>(bytes, { plain: true })(x)
    expect(own).toBeInstanceOf(NdArray)
    expect(own.data).toEqual(Float32Array.of(5))
    x.dispose()
  })

  test('need no tensors of which TensorFlow.js takes a gradient, and say so', () => {
    const restored = fromBytes<typeof norm>(bytes)
    const x = tf.tensor1d([3, 4])
    expect(() => tf.grad(restored)(x)).toThrow('compile the gradient, and make bytes of that')
    x.dispose()
    const slope = compile(
      grad((x: tf.Tensor) => tf.sqrt(tf.sum(tf.square(x)))),
      { precision: 'float64' },
    )
    const own = fromBytes<typeof slope>(slope.toBytes(new Float32Array(2)))
    expect(own(Float64Array.of(0, 4)).data).toEqual(Float64Array.of(0, 1))
  })

  test('have memory of their own', () => {
    const add = compile((x: tf.Tensor) => tf.cumsum(x), { precision: 'float64' })
    const made = add.toBytes(new Float64Array(300))
    const [a, b] = [fromBytes<typeof add>(made), fromBytes<typeof add>(made)]
    const first = a(new Float64Array(300).fill(1))
    b(new Float64Array(300).fill(2))
    made.fill(0)
    expect(first.data.at(-1)).toBe(300)
    expect(a(new Float64Array(300).fill(1)).data.at(-1)).toBe(300)
  })

  test('take records whose names stand in another order, and truth values as bytes', () => {
    const f = compile((x: { a: tf.Tensor; b: tf.Tensor }) => tf.where(x.a, x.b, 0), { precision: 'float64' })
    const a = tf.tensor1d([true, false])
    const restored = fromBytes<typeof f>(f.toBytes({ a, b: new Float64Array(2) }))
    expect(restored({ b: Float64Array.of(1, 2), a }).data).toEqual(Float64Array.of(1, 0))
    expect(restored({ b: Float64Array.of(1, 2), a: Uint8Array.of(0, 7) }).data).toEqual(Float64Array.of(0, 2))
    a.dispose()
  })

  test('throw for matrices and indices that operations cannot be computed of', () => {
    const factor = compile(cholesky, { precision: 'float64' })
    const restored = fromBytes<typeof factor>(factor.toBytes(ndarray(new Float64Array(9), [3, 3])))
    expect(() => restored(ndarray(new Float64Array(9).fill(-1), [3, 3]))).toThrow(
      'cholesky: a matrix is singular, not positive definite or not finite',
    )
    const one = Float64Array.of(4, 0, 0, 0, 9, 0, 0, 0, 1)
    expect(restored(ndarray(one, [3, 3])).data).toEqual(one.map(Math.sqrt))
    const rows = compile((x: tf.Tensor, at: tf.Tensor) => gather(x, at, 0), {
      precision: 'float64',
      passes: { unrolling: false },
    })
    const picked = fromBytes<typeof rows>(rows.toBytes(new Float64Array(50), new Int32Array(2)))
    expect(() => picked(new Float64Array(50), Int32Array.of(1, 50))).toThrow(
      'gather: an index is outside of the axis',
    )
  })

  test.each([
    [[], 'made for a list of 3 as argument, got a list of 0'],
    [[{ x: 1 }, 2, 'a'], 'made for a tensor or an array as argument[0].x, got 1'],
    [[{}, 2, 'a'], 'made for a record of x as argument[0], got a record of '],
    [[{ x: Float32Array.of(1), y: 1 }, 2, 'a'], 'made for a record of x as argument[0], got a record of x,y'],
    [[{ x: Float32Array.of(1, 2), constructor: 1 }, 2, 'a'], 'as argument[0], got a record of x,constructor'],
    [[{ x: Float32Array.of(1, 2) }, 3, 'a'], 'made for 2 as argument[1], got 3'],
    [[{ x: Float32Array.of(1, 2) }, 2, 2], 'made for "a" as argument[2], got 2'],
    [
      [{ x: Float32Array.of(1) }, 2, 'a'],
      'made for float32 of shape [2] as argument[0].x, got float32 of shape [1]',
    ],
    [
      [{ x: Int32Array.of(1, 2) }, 2, 'a'],
      'made for float32 of shape [2] as argument[0].x, got int32 of shape [2]',
    ],
  ])('refuse arguments that are not like those they were made for: %j', (args, message) => {
    const f = compile((given: { x: tf.Tensor }, power: number, name: string) => ({
      [name]: tf.pow(given.x, power),
    }))
    const restored = fromBytes<(...args: unknown[]) => unknown>(f.toBytes({ x: new Float32Array(2) }, 2, 'a'))
    expect(() => restored(...(args as unknown[]))).toThrow(message)
  })
})

describe('toBytes', () => {
  test('refuses programs that call JavaScript, and names what they call', () => {
    const f = compile((x: tf.Tensor) => tf.neg(doubled(x)))
    expect(() => f.toBytes(new Float32Array(2))).toThrow(
      'calls JavaScript for drawDoubled, which bytes do not hold',
    )
  })

  test('refuses programs that run on TensorFlow.js', () => {
    const f = compile((x: tf.Tensor) => tf.neg(x), { engine: 'eager' })
    expect(() => f.toBytes(new Float32Array(2))).toThrow(
      'operation by operation on TensorFlow.js (asked for)',
    )
  })
})
