import * as tf from '@tensorflow/tfjs-core'
import { compile, type Precision } from '@variate/compile'
import { NdArray } from '@variate/core'

/** Numbers in a shape: int32 if they are an Int32Array, else real. */
export interface Numbers {
  readonly shape: readonly number[]
  readonly data: ArrayLike<number>
}

type Tensors = (...inputs: readonly tf.Tensor[]) => readonly tf.Tensor[]

/** A way to run a program of tensors. */
export interface Way {
  readonly name: string
  readonly precision: Precision
  readonly isInLoops: boolean
  run(f: Tensors, inputs: readonly Numbers[]): readonly Numbers[]
}

/** Operation by operation, on the backend that is set. */
export const eagerly: Way = {
  name: 'eager',
  precision: 'float32',
  isInLoops: false,
  run: (f, inputs) => tidied(() => f(...inputs.map(tensorOf))),
}

/** The wasm engine in both precisions, small tensors written out, as it is by itself, or in loops as large ones are. */
export const compiledWays: readonly Way[] = (['float32', 'float64'] as const).flatMap((precision) =>
  [true, false].map((unroll): Way => {
    const name = unroll ? precision : `${precision} in loops`
    const run: Way['run'] = (f, inputs) => {
      const options = { engine: 'wasm', unroll } as const
      if (precision === 'float32') return tidied(() => compile(f, options)(...inputs.map(tensorOf)))
      const arrays = inputs.map(({ data, shape }) => {
        return new NdArray(data instanceof Int32Array ? data : Float64Array.from(data), shape)
      })
      return compile(f, { ...options, precision })(...arrays) as unknown as readonly Numbers[]
    }
    return { name, precision, isInLoops: !unroll, run }
  }),
)

function tensorOf({ data, shape }: Numbers): tf.Tensor {
  if (data instanceof Int32Array) return tf.tensor(data, [...shape], 'int32')
  return tf.tensor(Float32Array.from(data), [...shape])
}

/** The numbers of the tensors that `f` makes; what it leaves behind is disposed. */
function tidied(f: () => readonly tf.Tensor[]): readonly Numbers[] {
  let numbers: readonly Numbers[] = []
  tf.tidy(() => void (numbers = f().map(numbersOf)))
  return numbers
}

function numbersOf(x: tf.Tensor): Numbers {
  return { shape: x.shape, data: x.dataSync() }
}
