import type { Tensor } from '@tensorflow/tfjs-core'
import type * as tensorflow from '@tensorflow/tfjs-core'

type TensorFlow = typeof tensorflow
type Gradient = (dy: Tensor, saved: readonly Tensor[]) => Record<string, () => Tensor>

/**
 * The gradients of what the tape itself does: it adds the gradients of a tensor that is used twice, and casts what
 * it saves. tfjs-core alone registers none, and without them no second derivative is found. Where tfjs's own
 * are registered they stay.
 */
export function registerAccumulation(tf: TensorFlow): void {
  const add: Gradient = (dy, [a, b]) => ({
    a: () => sumTo(tf, dy, a!.shape),
    b: () => sumTo(tf, dy, b!.shape),
  })
  const pass: Gradient = (dy) => ({ x: () => dy.clone() })
  for (const [kernelName, gradFunc, inputsToSave] of [
    ['Add', add, ['a', 'b']],
    ['Cast', pass, []],
    ['Identity', pass, []],
  ] as const) {
    if (!tf.getGradient(kernelName)) {
      tf.registerGradient({ kernelName, inputsToSave: [...inputsToSave], gradFunc: gradFunc as never })
    }
  }
}

/** `dy` summed over the axes that were broadcast from `shape`. */
function sumTo(tf: TensorFlow, dy: Tensor, shape: readonly number[]): Tensor {
  const lead = dy.rank - shape.length
  const axis = dy.shape.flatMap((length, i) => (i < lead || shape[i - lead] !== length ? [i] : []))
  if (axis.length === 0) return dy.clone()
  const summed: Tensor = tf.engine().runKernel('Sum', { x: dy }, { axis, keepDims: false })
  return tf.engine().runKernel('Reshape', { x: summed }, { shape: [...shape] })
}
