import type { Tensor } from '@tensorflow/tfjs-core'
import type { Shape } from '../distribution.ts'

/**
 * A smooth invertible map y = f(x) with a smooth inverse. The domain's and the codomain's events may differ in rank,
 * as a vector and a triangular matrix do.
 */
export interface Bijector {
  readonly name: string
  /** The axes of one event of x. */
  readonly domainRank: number
  /** The axes of one event of y. */
  readonly codomainRank: number
  forward(x: Tensor): Tensor
  inverse(y: Tensor): Tensor
  /** log |det ∂f/∂x|, one for each event of x. */
  forwardLogDet(x: Tensor): Tensor
  /** log |det ∂f⁻¹/∂y|, one for each event of y. */
  inverseLogDet(y: Tensor): Tensor
  /** The shape of y for x of a shape. */
  forwardShape(shape: Shape): Shape
  /** The shape of x for y of a shape. */
  inverseShape(shape: Shape): Shape
}
