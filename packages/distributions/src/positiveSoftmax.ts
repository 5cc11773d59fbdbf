import type { Tensor } from '@tensorflow/tfjs-core'
import { clip, softmax } from '@variate/core/ops'
import { BELOW_ONE, SMALLEST } from './float32.ts'

/** softmax(x) along the last axis with no entry rounded to 0 or 1, where densities on the simplex may be infinite. */
export function positiveSoftmax(x: Tensor): Tensor {
  return clip(softmax(x), SMALLEST, BELOW_ONE)
}
