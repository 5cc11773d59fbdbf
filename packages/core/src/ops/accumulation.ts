import * as tf from '@tensorflow/tfjs-core'
import { repeatedAxes } from './broadcast.ts'

type Gradient = (dy: tf.Tensor, saved: readonly tf.Tensor[]) => Record<string, () => tf.Tensor>

/**
 * Registers the gradients of what the tape itself does: it adds the gradients of a tensor that is used twice, and casts
 * what it saves. tfjs-core alone registers none, and without them no second derivative is found. Where tfjs's own are
 * registered they stay.
 */
export function registerAccumulation(): void {
  register('Add', (dy, [a, b]) => ({ a: () => sumTo(dy, a!.shape), b: () => sumTo(dy, b!.shape) }), [
    'a',
    'b',
  ])
  for (const name of ['Cast', 'Identity']) register(name, (dy) => ({ x: () => dy.clone() }))
}

function register(kernelName: string, gradFunc: Gradient, inputsToSave: string[] = []): void {
  if (!tf.getGradient(kernelName)) {
    tf.registerGradient({ kernelName, inputsToSave, gradFunc: gradFunc as never })
  }
}

/** `dy` summed over the axes that were broadcast from `shape`. */
function sumTo(dy: tf.Tensor, shape: number[]): tf.Tensor {
  const axes = repeatedAxes(shape, dy.shape)
  return tf.reshape(axes.length > 0 ? tf.sum(dy, axes) : dy, shape)
}
