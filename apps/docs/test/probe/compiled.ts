import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { compile, loop, valueAndGrad } from '@variate/compile'
import { key, NdArray, random } from '@variate/core'
import { add, drawNormal, mul, square, sub, sum } from '@variate/core/ops'

type Precision = 'float32' | 'float64'

/** What programs give and, for workers, a program as bytes: in Node and in the browser it must be the same. */
export interface CompiledProbe {
  readonly value: readonly number[]
  readonly gradient: readonly number[]
  /** Of a loop: what it carried at last, and what it collected. */
  readonly state: readonly number[]
  readonly path: readonly number[]
  readonly bytes: readonly number[]
  readonly called: readonly string[]
}

/** What the loop is called with, as a worker gets it. */
export interface Given {
  readonly start: Float32Array
  readonly words: Int32Array
  readonly data: Float32Array
  readonly shape: readonly number[]
}

const data = random.normal(key(3), [40, 3])
const start = Float32Array.of(0.5, -1, 2)
const words = Int32Array.from(key(5))

/** A regression with its gradient, and a loop of gradient steps with noise on it. */
function programs(precision: Precision) {
  const options = { precision, reproducible: true } as const
  const loss = (weights: tf.Tensor, x: tf.Tensor): tf.Tensor => {
    const column = tf.reshape(weights, [3, 1])
    return add(sum(tf.softplus(tf.matMul(x, column))), mul(0.5, sum(square(weights))))
  }
  const model = compile((weights: tf.Tensor, x: tf.Tensor) => valueAndGrad(loss)(weights, x), options)
  const descent = compile(
    (weights: tf.Tensor, x: tf.Tensor, from: tf.Tensor) =>
      loop(
        (state, step) => {
          const { value, grads } = valueAndGrad(loss)(state, step.inputs)
          const noise = mul(0.01, drawNormal(step.key, [3]))
          return { state: add(sub(state, mul(0.01, grads[0])), noise), outputs: value }
        },
        { state: weights, count: 50, inputs: x, random: from, collect: { every: 10 } },
      ),
    options,
  )
  return { model, descent }
}

export function compiled(precision: Precision): CompiledProbe {
  const { model, descent } = programs(precision)
  const { value, grads } = model(start, data)
  const { state, outputs } = descent(start, data, words)
  return {
    value: numbers(value),
    gradient: numbers(grads[0]),
    state: numbers(state),
    path: numbers(outputs),
    bytes: [...descent.toBytes(start, data, words)],
    called: [...model.explain().called, ...descent.explain().called],
  }
}

function numbers(x: tf.Tensor | NdArray): readonly number[] {
  return [...(x instanceof NdArray ? x.data : x.dataSync())]
}

export const given: Given = { start, words, data: data.data, shape: data.shape }
