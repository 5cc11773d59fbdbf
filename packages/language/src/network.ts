import type { Tensor } from '@tensorflow/tfjs-core'
import type { Key, NdArray } from '@variate/core'

/** Parameters of a network: plain data, in records and lists as deep as the network is built. */
export type NetworkParams<Leaf = NdArray<Float32Array>> =
  | Leaf
  | readonly NetworkParams<Leaf>[]
  | { readonly [name: string]: NetworkParams<Leaf> }

/** A function with parameters: what they are to begin with, and what it does with them. Both are pure. */
export interface Network {
  /** The shape of what it takes, without leading axes, and of what it gives. */
  readonly input: readonly number[]
  readonly output: readonly number[]
  init(key: Key): NetworkParams
  /**
   * @param x of shape [...leading, ...input].
   * @returns of shape [...leading, ...output].
   */
  apply(params: NetworkParams<Tensor>, x: Tensor, context?: NetworkContext): Tensor
}

export interface NetworkContext {
  /** For what is random in a network, such as dropout. */
  readonly key?: Tensor
  readonly training?: boolean
}
