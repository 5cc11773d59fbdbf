import type { Tensor } from '@tensorflow/tfjs-core'
import { NdArray, UnsupportedError } from '@variate/core'
import { constant } from '@variate/core/ops'
import type { AnyNetwork, NetworkContext, NetworkParams } from '../network.ts'

/** A layer to be translated. */
export interface LayerSource {
  /** Names the layer in errors. */
  readonly who: string
  readonly config: Readonly<Record<string, unknown>>
  readonly weights: readonly NdArray<Float32Array>[]
  /** The shapes of what it takes, and of what it gives, without the axis of examples. */
  readonly inputs: readonly (readonly number[])[]
  readonly output: readonly number[]
}

/** What a layer is here. */
export interface Translation {
  /** Its parameters; none if not given. */
  readonly params?: Readonly<Record<string, NetworkParams>>
  /** What it has of our layer's parameters that it does not fit, such as a bias of 0. */
  readonly fixed?: Readonly<Record<string, NdArray<Float32Array>>>
  apply(params: never, xs: readonly Tensor[], context?: NetworkContext): Tensor
}

/** How layers of a class are translated. */
export type Translate = (source: LayerSource) => Translation

/** A layer that one of our networks computes. */
export function ofNetwork(
  network: AnyNetwork,
  params: Readonly<Record<string, NetworkParams>> = {},
  fixed: Translation['fixed'] = {},
): Translation {
  return {
    params,
    fixed,
    apply: (own, [x], context) => network.apply(own, x!, context),
  }
}

/** The same where parameters are not to be fitted: they are constants. */
export function frozen({ params = {}, fixed = {}, apply }: Translation): Translation {
  return { fixed: { ...(params as Translation['fixed']), ...fixed }, apply }
}

/** Parameters with those that are fixed. */
export function withFixed(
  params: Readonly<Record<string, unknown>>,
  fixed: Translation['fixed'] = {},
): Record<string, unknown> {
  const constants = Object.entries(fixed).map(([name, value]) => [name, constantOf(value)])
  return { ...params, ...Object.fromEntries(constants) }
}

function constantOf(value: NetworkParams): unknown {
  if (value instanceof NdArray) return constant(value as NdArray<Float32Array>)
  if (Array.isArray(value)) return value.map(constantOf)
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, constantOf(item)]))
}

export function zeros(...shape: readonly number[]): NdArray<Float32Array> {
  return new NdArray(new Float32Array(shape.reduce((a, b) => a * b, 1)), shape)
}

/** @throws UnsupportedError for images with channels first. */
export function checkChannelsLast({ who, config }: LayerSource): void {
  if (config['dataFormat'] === undefined || config['dataFormat'] === 'channelsLast') return
  throw new UnsupportedError(`${who}: its images have channels first: set dataFormat: 'channelsLast'`)
}
