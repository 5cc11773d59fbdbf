import type { Tensor } from '@tensorflow/tfjs-core'
import type { NetworkParams } from '../network.ts'

// What is read of models of @tensorflow/tfjs-layers: that package is no dependency, whoever has such a model has it.

/** A model of `@tensorflow/tfjs-layers`, sequential or functional. */
export interface LayersModel {
  readonly name: string
  readonly inputs: readonly LayersTensor[]
  readonly outputs: readonly LayersTensor[]
}

/** One of its layers. */
export interface ModelLayer {
  readonly name: string
  readonly trainable: boolean
  /** The calls of it, of which each gives tensors. */
  readonly inboundNodes: readonly unknown[]
  getClassName(): string
  getConfig(): object
  getWeights(): readonly Tensor[]
}

/** What a layer gives in a call, without numbers. */
export interface LayersTensor {
  readonly id: number
  readonly shape: readonly (number | null)[]
  readonly sourceLayer: ModelLayer
  readonly nodeIndex: number
}

/** Which tensors a call took. */
export interface LayersCall {
  readonly inputTensors: readonly LayersTensor[]
  readonly outputTensors: readonly LayersTensor[]
}

/** Parameters by the names of layers, of those that have some. */
export type LayersModelParams = { readonly [layer: string]: NetworkParams }
