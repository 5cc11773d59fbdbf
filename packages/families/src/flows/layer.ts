import type { Tensor } from '@tensorflow/tfjs-core'
import type { Key } from '@variate/core'
import { neg } from '@variate/core/ops'
import type { ParamArrays, ParamTree } from '../variational.ts'

/** Where a layer takes a vector, and log |det ∂y/∂x| of the step from x to y. */
export interface Image {
  readonly vector: Tensor
  readonly logDet: Tensor
}

/** An invertible map of vectors [size], with parameters: the identity to begin with. */
export interface FlowLayer {
  init(key: Key): ParamArrays
  /** From x to y. */
  forward(params: ParamTree, x: Tensor): Image
  /** From y to x; `logDet` is that of the way back, of x by y. */
  inverse(params: ParamTree, y: Tensor): Image
}

/** A layer the other way round. */
export function inverted({ init, forward, inverse }: FlowLayer): FlowLayer {
  return { init, forward: inverse, inverse: forward }
}

/** An image, the way back. */
export function back(vector: Tensor, logDet: Tensor): Image {
  return { vector, logDet: neg(logDet) }
}
