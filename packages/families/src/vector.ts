import type { Tensor } from '@tensorflow/tfjs-core'
import type { Key, NdArray } from '@variate/core'
import type { AnyKey } from '@variate/core/ops'
import type { ParamArrays, SiteTensors, ParamTree } from './variational.ts'

/** A draw of a vector, and what else is known of it. */
export interface VectorDraw {
  readonly vector: Tensor
  /** Under names of its own; auxiliary variables, say. */
  readonly more?: SiteTensors
}

/** A family of distributions of vectors of numbers without bounds: pure functions of one element's parameters. */
export interface VectorFamily {
  readonly name: string
  /**
   * The parameters to begin with.
   *
   * @param loc where it is to be about, [size].
   */
  init(loc: NdArray<Float64Array>, key: Key): ParamArrays
  draw(params: ParamTree, key: AnyKey, size: number): VectorDraw
  /** log q, in nats: a scalar. */
  logProb(params: ParamTree, draw: VectorDraw, size: number): Tensor
  /** The mean of −log q, in nats, of one that has it in closed form: a scalar. */
  entropy?(params: ParamTree, size: number): Tensor
  /** The mean of the vector, [size], and its covariance, [size, size], of one that is normal. */
  moments?(params: ParamTree, size: number): { readonly mean: Tensor; readonly covariance: Tensor }
  /** log r of what else was drawn, given the vector, in nats, where log q is that of both: a scalar, to be added to log p. */
  logReverse?(params: ParamTree, draw: VectorDraw, size: number): Tensor
}
