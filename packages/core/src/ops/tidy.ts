import type { Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'

/** Runs `f` and disposes the tensors that it made, but for those it returns. */
export function tidy<Result extends Tensor | readonly Tensor[] | Readonly<Record<string, Tensor>>>(
  f: () => Result,
): Result {
  return tf.tidy(f as never) as Result
}

/** Whether operations are recorded rather than computed, so that no value can be read. */
export function isTracing(): boolean {
  return tf.getBackend() === 'trace'
}
