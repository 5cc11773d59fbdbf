import type { Tensor } from '@tensorflow/tfjs-core'
import {
  cast,
  div,
  equal,
  expandDims,
  matMul,
  max,
  neg,
  square,
  stopGradient,
  sub,
  sum,
} from '@variate/core/ops'

/**
 * The row of a codebook that is nearest to each vector; the mean of rows that are equally near. Which it is has no derivative, the
 * row has one.
 *
 * @param vectors of shape [positions, size].
 * @param codebook of shape [codes, size].
 * @returns of shape [positions, size].
 */
export function nearestCodes(vectors: Tensor, codebook: Tensor): Tensor {
  const closeness = neg(sum(square(sub(expandDims(vectors, 1), codebook)), 2))
  const isNearest = cast(equal(closeness, max(closeness, 1, true)), 'float32')
  return matMul(stopGradient(div(isNearest, sum(isNearest, 1, true))), codebook)
}
