import * as tf from '@tensorflow/tfjs-core'
import { key, ndarray } from '@variate/core'
import { cholesky, drawNormal, gather, logSumExp, matVec, squaredMahalanobis } from '@variate/core/ops'
import { compile, grad, loop, valueAndGrad, type CompileOptions } from '../../src/index.ts'
import type { Precision } from '../../src/index.ts'

/** A number from −1 to 1 for each place, the same everywhere. */
function numbers(count: number, seed = 1): Float64Array {
  return Float64Array.from(
    { length: count },
    (_, i) => (((i + 1) * (2 * seed + 1) * 40503) % 65536) / 32768 - 1,
  )
}

const row = Float32Array.from(numbers(700, 3))

/** Programs of every kind of code, and what each is called with. */
export const programs = (options: CompileOptions<Precision>): Readonly<Record<string, Called>> => ({
  'written out': call(
    compile(
      (x: tf.Tensor, y: tf.Tensor) => tf.exp(tf.sub(tf.tanh(tf.mul(x, y)), tf.log1p(tf.abs(y)))),
      options,
    ),
    [numbers(4), numbers(4, 2)],
  ),
  'loops with constants in memory': call(
    compile((x: tf.Tensor) => tf.sum(tf.softplus(tf.mul(x, tf.tensor1d(row))), 1), options),
    [ndarray(numbers(2100), [3, 700])],
  ),
  'a model with its gradient': call(
    compile((x: tf.Tensor, y: tf.Tensor, weights: tf.Tensor) => {
      const loss = (w: tf.Tensor) => tf.sum(tf.softplus(tf.mul(tf.sub(0.5, y), tf.mul(2, matVec(x, w)))))
      return valueAndGrad(loss)(weights)
    }, options),
    [ndarray(numbers(900), [300, 3]), numbers(300, 2).map((x) => +(x > 0)), numbers(3, 5)],
  ),
  'a loop with draws': call(
    compile(
      (start: tf.Tensor, words: tf.Tensor) =>
        loop(
          (x, step) => {
            const next = tf.add(tf.mul(0.9, x), drawNormal(step.key, [5]))
            return { state: next, outputs: { largest: tf.max(next) } }
          },
          { state: start, count: 6, random: words, collect: { every: 2 } },
        ),
      options,
    ),
    [numbers(5), Int32Array.from(key(7))],
  ),
  'the gradient of a loop': call(
    compile(
      grad((a: tf.Tensor) =>
        tf.sum(loop((x) => tf.sin(tf.mul(a, x)), { state: tf.tensor1d([1, 2]), count: 5 }).state),
      ),
      options,
    ),
    [ndarray(Float64Array.of(0.7), [])],
  ),
  'linear algebra and indices': call(
    compile((x: tf.Tensor, index: tf.Tensor) => {
      const factor = cholesky(tf.add(tf.matMul(x, x, false, true), tf.mul(3, tf.eye(6))))
      const distance = squaredMahalanobis(factor, gather(x, index, 1))
      return { factor, distance, total: logSumExp(x) }
    }, options),
    [ndarray(numbers(36), [6, 6]), Int32Array.of(5, 0, 3, 3, 1, 2)],
  ),
  'whole numbers and truth values': call(
    compile(({ x, y }: { x: tf.Tensor; y: tf.Tensor }, text: string) => {
      const isLarge = tf.greater(x, 0)
      return [isLarge, tf.mul(y, y), [text, null, -0, undefined, Infinity], tf.where(isLarge, x, 0)] as const
    }, options),
    [{ x: numbers(5), y: Int32Array.of(3, 70_000, -4) }, 'a text'],
  ),
})

export interface Called {
  readonly f: Call
  readonly args: never[]
}

interface Call {
  (...args: never[]): unknown
  toBytes(...args: never[]): Uint8Array<ArrayBuffer>
}

function call(f: Call, args: readonly unknown[]): Called {
  return { f, args: args as never[] }
}
