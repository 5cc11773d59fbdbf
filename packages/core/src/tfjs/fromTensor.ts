import type { Tensor } from '@tensorflow/tfjs-core'
import { UnsupportedError } from '../errors.ts'
import { NdArray } from '../ndarray.ts'
import { checkTensor } from './tensorflow.ts'

/**
 * A tensor's elements as plain data: float32 as they are, int32 and bool as int32. The tensor is left as
 * it is, and the data is a copy.
 *
 * @throws UnsupportedError for complex numbers or text, and for a tensor of another copy of tfjs-core.
 */
export function fromTensor(tensor: Tensor): NdArray<Float32Array | Int32Array> {
  checkTensor(tensor)
  const { dtype, shape } = tensor
  if (dtype === 'float32') return new NdArray(Float32Array.from(tensor.dataSync<'float32'>()), shape)
  if (dtype === 'int32' || dtype === 'bool')
    return new NdArray(Int32Array.from(tensor.dataSync<'int32'>()), shape)
  throw new UnsupportedError(`fromTensor: expected a tensor of float32, int32 or bool, got ${dtype}`)
}
