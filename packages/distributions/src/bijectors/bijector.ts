import type { Tensor } from '@tensorflow/tfjs-core'
import type { Real } from '@variate/core/ops'
import type { Numbers, Shape } from '../distribution.ts'

/**
 * A smooth invertible map y = f(x) with a smooth inverse. The domain's and the codomain's events may differ in rank,
 * as a vector and a triangular matrix do. Made of numbers or arrays it holds no tensors; those that it returns are the
 * caller's to dispose.
 *
 * What is not in the codomain has no inverse: `inverse` and `inverseLogDet` give NaN there. An end of the codomain that
 * f reaches only in the limit is mapped to that limit, so that `inverse(0)` of the exponential function is −∞.
 */
export interface Bijector {
  readonly name: string
  /** The axes of one event of x. */
  readonly domainRank: number
  /** The axes of one event of y. */
  readonly codomainRank: number
  /**
   * f(x).
   *
   * @throws ShapeError if events of x have a shape that f does not take.
   */
  forward(x: Numbers): Tensor
  /** f⁻¹(y). */
  inverse(y: Numbers): Tensor
  /** log |det ∂f/∂x|, one for each event of x; where y has more elements than x, of those that determine the others. */
  forwardLogDet(x: Numbers): Tensor
  /** log |det ∂f⁻¹/∂y|, one for each event of y: the negative of `forwardLogDet` at the inverse. */
  inverseLogDet(y: Numbers): Tensor
  /** The shape of y for x of a shape. */
  forwardShape(shape: Shape): Shape
  /** The shape of x for y of a shape. */
  inverseShape(shape: Shape): Shape
}

/** A bijector that maps each number by itself, and so rises or falls throughout. */
export interface ElementwiseBijector extends Bijector {
  readonly domainRank: 0
  readonly codomainRank: 0
  /** 1 if f rises and −1 if it falls, for each element of the batch of its parameters. */
  direction(): Real
}
