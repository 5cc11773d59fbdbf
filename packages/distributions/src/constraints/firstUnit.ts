import type { Tensor } from '@tensorflow/tfjs-core'
import { constant } from '@variate/core/ops'

/** The vector 1, 0, 0, … */
export function firstUnit(length: number): Tensor {
  return constant(Array.from({ length }, (_, i) => (i === 0 ? 1 : 0)))
}
