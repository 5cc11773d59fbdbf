import type { Tensor } from '@tensorflow/tfjs-core'
import { reshape } from '@variate/core/ops'

/**
 * `x` as a tensor that its receiver may dispose: another one where it is among the tensors that were given, or in any
 * case if `given` is left out.
 */
export function own(x: Tensor, given?: readonly unknown[]): Tensor {
  return !given || given.includes(x) ? reshape(x, x.shape) : x
}
