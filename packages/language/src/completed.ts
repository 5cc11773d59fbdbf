import type { Tensor } from '@tensorflow/tfjs-core'
import { greater, reshape, where } from '@variate/core/ops'

/**
 * Values of which some are missing, with draws in their place.
 *
 * @param present for each event 1 where it is there, else 0.
 */
export function completed(values: Tensor, present: Tensor, drawn: Tensor): Tensor {
  const event = drawn.shape.slice(present.rank).map(() => 1)
  return where(greater(reshape(present, [...present.shape, ...event]), 0), values, drawn)
}
