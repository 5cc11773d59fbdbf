import type { Tensor } from '@tensorflow/tfjs-core'
import { UnsupportedError } from '../errors.ts'
import type { NdArray } from '../ndarray.ts'
import { tensorflow } from './tensorflow.ts'

/**
 * A tensor with a copy of an array's elements, which the caller disposes: float32 and float64 become
 * float32, the only real numbers that tfjs has; int32 and uint8 become int32.
 *
 * @throws UnsupportedError for uint32, which tfjs has not, and if a second copy of tfjs-core is loaded.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { key, random } from '@variate/core'
 * import { fromTensor, toTensor } from '@variate/core/tfjs'
 *
 * const noise = toTensor(random.normal(key(0), [2, 3]))
 * noise.shape // => [2, 3]
 * fromTensor(noise).at(0, 0) // => 1.622642
 * noise.dispose()
 * ```
 */
export function toTensor({ data, shape }: NdArray): Tensor {
  if (data instanceof Uint32Array) {
    throw new UnsupportedError('toTensor: TensorFlow.js has no uint32: convert the data to int32 or float32')
  }
  const isInteger = data instanceof Int32Array || data instanceof Uint8Array
  const copy = isInteger ? Int32Array.from(data) : Float32Array.from(data)
  return tensorflow().tensor(copy, [...shape], isInteger ? 'int32' : 'float32')
}
