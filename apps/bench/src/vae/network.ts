import type { Tensor } from '@tensorflow/tfjs-core'
import { foldIn, key, NdArray, random } from '@variate/core'

/** How large a convolutional autoencoder of images of 28 × 28 is, and its data. */
export interface ConvolutionalSizes {
  readonly images: number
  /** Channels after the first convolution, and after the second. */
  readonly channels: readonly [number, number]
  readonly latents: number
  /** Images in a step. */
  readonly batch: number
}

/** What is measured. */
export const CONVOLUTIONAL: ConvolutionalSizes = { images: 9000, channels: [32, 64], latents: 20, batch: 64 }

/** Small enough for TensorFlow.js operation by operation. */
export const SMALL_CONVOLUTIONAL: ConvolutionalSizes = { images: 40, channels: [3, 4], latents: 3, batch: 8 }

/** Rows and columns of an image. */
export const SIDE = 28
const FILTER = 4
const LAYERS = ['first', 'second', 'code', 'decoder', 'larger', 'image'] as const
type Layer = (typeof LAYERS)[number]

/** Two convolutions, the code's means and log deviations, and back: latents to pixels of channels, two transposed convolutions. */
export type Network<Of> = Readonly<Record<Layer | `${Layer}Bias`, Of>>
export const NAMES: readonly (Layer | `${Layer}Bias`)[] = LAYERS.flatMap(
  (name) => [name, `${name}Bias`] as const,
)

/** The network, and Adam's discounted sums of its gradients and of their squares. */
export interface NetworkState<Of> {
  readonly network: Network<Of>
  readonly first: Network<Of>
  readonly second: Network<Of>
}

/** The shape of weights, their biases, and how many numbers a sum takes. */
type LayerSizes = readonly [weights: readonly number[], bias: number, from: number]

function layersOf({
  channels: [few, many],
  latents,
}: ConvolutionalSizes): Readonly<Record<Layer, LayerSizes>> {
  const units = (SIDE / 4) ** 2 * many
  const area = FILTER * FILTER
  return {
    first: [[FILTER, FILTER, 1, few], few, area],
    second: [[FILTER, FILTER, few, many], many, area * few],
    code: [[units, 2 * latents], 2 * latents, units],
    decoder: [[latents, units], units, latents],
    // Of transposed convolutions PyTorch takes the channels of the result.
    larger: [[FILTER, FILTER, few, many], few, area * few],
    image: [[FILTER, FILTER, 1, few], 1, area],
  }
}

/** Weights and biases uniform in ±1/√from, as PyTorch's layers begin, and no gradients seen. */
export function networkOf(sizes: ConvolutionalSizes, seed: number): NetworkState<Tensor> {
  const layers = layersOf(sizes)
  const shapes = LAYERS.flatMap((name) => [layers[name][0], [layers[name][1]]])
  const all = (of: (shape: readonly number[], i: number) => NdArray<Float32Array>): Network<Tensor> =>
    Object.fromEntries(NAMES.map((name, i) => [name, of(shapes[i]!, i)])) as unknown as Network<Tensor>
  const zeros = all((shape) => new NdArray(new Float32Array(shape.reduce((a, b) => a * b)), shape))
  const network = all((shape, i) => {
    const bound = 1 / Math.sqrt(layers[LAYERS[i >> 1]!][2])
    const { data } = random.uniform(foldIn(key(seed), i), shape)
    return new NdArray(
      Float32Array.from(data, (u) => bound * (2 * u - 1)),
      shape,
    )
  })
  return { network, first: zeros, second: zeros }
}
