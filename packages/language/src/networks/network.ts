import type { Tensor } from '@tensorflow/tfjs-core'
import type { Key, NdArray } from '@variate/core'
import type { AnyKey } from '@variate/core/ops'

/** Parameters of a network: plain data, in records and lists as deep as the network is built. */
export type NetworkParams =
  | NdArray<Float32Array>
  | readonly NetworkParams[]
  | { readonly [name: string]: NetworkParams }

/** The same, of tensors. */
export type NetworkTensors = Tensor | readonly NetworkTensors[] | { readonly [name: string]: NetworkTensors }

/** Parameters as a network's function sees them. */
export type TensorsOf<Params> = NetworkParams extends Params
  ? NetworkTensors
  : Params extends NdArray
    ? Tensor
    : { readonly [Name in keyof Params]: TensorsOf<Params[Name]> }

/** A function with parameters: what they are to begin with, and what it does with them. Both are pure. */
export interface Network<Params extends NetworkParams = NetworkParams> {
  /** The shape of what it takes, without leading axes, and of what it gives. */
  readonly input: readonly number[]
  readonly output: readonly number[]
  init(key: Key): Params
  /**
   * @param x of shape [...leading, ...input].
   * @returns of shape [...leading, ...output].
   */
  apply(params: TensorsOf<Params>, x: Tensor, context?: NetworkContext): Tensor
}

/** Of a network that has none. */
export type NoParams = Readonly<Record<string, never>>

/** A network with whatever parameters. */
export interface AnyNetwork extends Pick<Network, 'input' | 'output'> {
  init(key: Key): NetworkParams
  apply(params: never, x: Tensor, context?: NetworkContext): Tensor
}

export interface NetworkContext {
  /** For what is random in a network, such as dropout: where a model is fitted, one for each step, site and element. */
  readonly key?: AnyKey
  /** Whether parameters are being fitted: true in the steps of `bbvi`, and nowhere else. */
  readonly training?: boolean
}
