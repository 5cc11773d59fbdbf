import '@tensorflow/tfjs-backend-cpu'
import '@tensorflow/tfjs-core/dist/register_all_gradients.js'
import * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { ndarray } from '@variate/core'
import { compile, grad, type CompileOptions, type Precision } from '../src/index.ts'

const cube = compile((x: tf.Tensor) => tf.pow(x, 3))
/** x² + x³, with the slope 2x + 3x², and the curvature 2 + 6x. */
const f = (x: tf.Tensor) => tf.add(tf.square(x), cube(x))
const two = ndarray(Float32Array.of(2), [])

test.each<CompileOptions<Precision>>([{}, { engine: 'eager' }, { precision: 'float64' }])(
  'a compiled function inside another is part of it, with %o',
  (options) => {
    const at = (g: (x: tf.Tensor) => tf.Tensor) => {
      const program = compile(g, options)
      const result = program(two)
      const value = result instanceof tf.Tensor ? result.dataSync()[0] : result.data[0]
      if (result instanceof tf.Tensor) result.dispose()
      return value
    }
    expect(at(f)).toBe(12)
    expect(at(grad(f))).toBe(16)
    expect(at(grad(grad(f)))).toBe(14)
    expect(at((x) => tf.grad(f)(x))).toBe(16)
  },
)

test('a compiled function whose slope is taken eagerly runs as it stands', () => {
  tf.tidy(() => {
    expect(tf.grad(f)(tf.scalar(2)).dataSync()[0]).toBe(16)
    expect(grad(f)(tf.scalar(2)).dataSync()[0]).toBe(16)
  })
})

test('a compiled function inside another takes and returns there what it does elsewhere', () => {
  const product = compile((x: { a: tf.Tensor }, n: number) => ({ b: tf.mul(x.a, n), n }))
  const outer = compile((x: tf.Tensor) => {
    const { b, n } = product({ a: Float32Array.of(1, 2) }, 3)
    return tf.add(tf.mul(x, n), b)
  })
  const result = outer(Float32Array.of(1, 1))
  expect(Array.from(result.dataSync())).toEqual([6, 9])
  result.dispose()
})

test('a float64 program is no part of another, nor of a gradient, but for constants', () => {
  const wide = compile((x: tf.Tensor) => tf.square(x), { precision: 'float64' })
  const outer = compile((x: tf.Tensor) => tf.mul(x, wide(x).data[0]!))
  expect(() => outer(two)).toThrow('a float64 program is called in a function that is traced')
  tf.tidy(() => {
    const slope = (square: (x: tf.Tensor) => number) =>
      tf
        .grad((x: tf.Tensor) => tf.mul(x, square(x)))(tf.scalar(2))
        .dataSync()[0]
    expect(() => slope((x) => wide(x).data[0]!)).toThrow('call the function that it was made of')
    expect(slope(() => wide(two).data[0]!)).toBe(4)
  })
})
