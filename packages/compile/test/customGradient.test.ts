import '@tensorflow/tfjs-backend-cpu'
import '@tensorflow/tfjs-core/dist/register_all_gradients.js'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { stopGradient } from '@variate/core/ops'
import { compile, grad, valueAndGrad } from '../src/index.ts'

type Op = (x: tf.Tensor) => tf.Tensor
const own = (f: (...args: never[]) => { value: tf.Tensor; gradFunc: unknown }) =>
  tf.customGrad(f as never) as unknown as (...xs: tf.Tensor[]) => tf.Tensor

/** ⌊x⌉ with slope 1, as straight-through estimators have it. */
const straightThrough = own((x: tf.Tensor) => ({ value: tf.round(x), gradFunc: (dy: tf.Tensor) => dy }))
/** x² with the slope 3x, of what it saves, which is no other's. */
const saving = own((x: tf.Tensor, save: tf.GradSaveFunc) => {
  save([tf.mul(3, x)])
  return {
    value: tf.square(x),
    gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(dy, saved[0]!),
  }
})
/** a·b with the slopes 5b and 7a. */
const product = own((a: tf.Tensor, b: tf.Tensor) => ({
  value: tf.mul(a, b),
  gradFunc: (dy: tf.Tensor) => [tf.mul(dy, tf.mul(5, b)), tf.mul(dy, tf.mul(7, a))],
}))

const run = (f: Op, engine: 'wasm' | 'eager') => {
  const result = compile(f, { engine })(Float32Array.of(1.25, 3.5))
  const values = Array.from(result.dataSync())
  result.dispose()
  return values
}

describe.each(['wasm', 'eager'] as const)('tf.customGrad, %s', (engine) => {
  test('a function gives its values, and the gradient that it tells', () => {
    const f: Op = (x) => tf.sum(straightThrough(x))
    expect(run(straightThrough, engine)).toEqual([1, 4])
    expect(run(grad(f), engine)).toEqual([1, 1])
    expect(run((x) => tf.grad(f)(x), engine)).toEqual([1, 1])
  })

  test('what it saves is there, and the gradient can be differentiated again', () => {
    const slope = grad((x: tf.Tensor) => tf.sum(saving(x)))
    expect(run(slope, engine)).toEqual([3.75, 10.5])
    expect(
      run(
        grad((x: tf.Tensor) => tf.sum(slope(x))),
        engine,
      ),
    ).toEqual([3, 3])
  })

  test('each of several inputs has its own', () => {
    const slopes = (x: tf.Tensor) =>
      valueAndGrad((a: tf.Tensor, b: tf.Tensor) => tf.sum(product(a, b)))(x, tf.mul(2, x)).grads
    expect(run((x) => slopes(x)[0], engine)).toEqual([12.5, 35])
    expect(run((x) => slopes(x)[1], engine)).toEqual([8.75, 24.5])
  })

  test('a function that returns its input, or has none, has the gradient that it tells', () => {
    const doubled = own((x: tf.Tensor) => ({ value: x, gradFunc: (dy: tf.Tensor) => tf.mul(dy, 2) }))
    expect(
      run(
        grad((x: tf.Tensor) => tf.sum(doubled(x))),
        engine,
      ),
    ).toEqual([2, 2])
    expect(run((x) => tf.grad((y) => tf.sum(doubled(y)))(x), engine)).toEqual([2, 2])
    const constant: Op = (x) => own(() => ({ value: tf.clone(x), gradFunc: () => [] }))()
    expect(
      run(
        grad((x: tf.Tensor) => tf.sum(tf.mul(x, constant(x)))),
        engine,
      ),
    ).toEqual([1.25, 3.5])
  })

  test('stopGradient stops it', () => {
    expect(
      run(
        grad((x: tf.Tensor) => tf.sum(tf.mul(x, stopGradient(x)))),
        engine,
      ),
    ).toEqual([1.25, 3.5])
  })

  test('ops of TensorFlow.js that have their own keep their closed forms: of log σ(x), σ(−x)', () => {
    const slope = run(
      grad((x: tf.Tensor) => tf.sum(tf.logSigmoid(x))),
      engine,
    )
    for (const [i, x] of [1.25, 3.5].entries()) expect(slope[i]).toBeCloseTo(1 / (1 + Math.exp(x)), 6)
    // Of log softmax(x)₁ in the first of two: 1 − softmax(x)₁.
    const first = run(
      grad((x: tf.Tensor) => tf.sum(tf.slice(tf.logSoftmax(x), [0], [1]))),
      engine,
    )
    expect(first[0]).toBeCloseTo(1 / (1 + Math.exp(1.25 - 3.5)), 6)
  })
})

test('after a trace, gradients are those of TensorFlow.js again', () => {
  run(straightThrough, 'wasm')
  tf.tidy(() => {
    const slope = tf.grad((x) => tf.sum(straightThrough(x)))(tf.tensor1d([1.25, 3.5]))
    expect(Array.from(slope.dataSync())).toEqual([1, 1])
  })
})
