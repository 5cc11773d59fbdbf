import type { Tensor } from '@tensorflow/tfjs-core'
import type { NdArray } from '@variate/core'
import type { Pair } from '@variate/core/ops'
import { conv2d } from '../conv2d.ts'
import { convTranspose2d } from '../convTranspose2d.ts'
import type { maxPool2d } from '../pool2d.ts'
import { layerActivation } from './layerActivation.ts'
import { checkChannelsLast, ofNetwork, zeros, type Translate } from './translation.ts'

/** A pool of the windows of images. */
export const pooled =
  (pool: typeof maxPool2d): Translate =>
  (source) => {
    checkChannelsLast(source)
    const { poolSize, strides, padding } = source.config as Record<string, never>
    return ofNetwork(pool(source.inputs[0]!, { size: poolSize!, strides: strides!, padding: padding! }))
  }

/** What is computed of all pixels of a channel. */
export const pooledWhole =
  (f: (x: Tensor, axes: readonly number[]) => Tensor): Translate =>
  (source) => {
    checkChannelsLast(source)
    return { apply: (_, [x]) => f(x!, [-3, -2]) }
  }

/** A convolution, or its transpose. */
export const convolved =
  (isTransposed: boolean): Translate =>
  (source) => {
    checkChannelsLast(source)
    const { who, config, weights, inputs, output } = source
    const [filter, bias] = weights as [NdArray<Float32Array>, NdArray<Float32Array>?]
    const channels = output[2]!
    const options = {
      kernel: config['kernelSize'] as Pair,
      strides: config['strides'] as Pair,
      padding: config['padding'] as 'same' | 'valid',
      activation: layerActivation(config['activation'], who),
    }
    const network = isTransposed
      ? convTranspose2d(inputs[0]!, channels, { ...options, outputSize: [output[0]!, output[1]!] })
      : conv2d(inputs[0]!, channels, { ...options, dilations: config['dilationRate'] as Pair })
    return ofNetwork(network, { filter, ...(bias ? { bias } : {}) }, bias ? {} : { bias: zeros(channels) })
  }
