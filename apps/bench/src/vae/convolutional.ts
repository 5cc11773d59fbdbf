import type { Tensor } from '@tensorflow/tfjs-core'
import { valueAndGrad, type StepContext } from '@variate/compile'
import { foldIn, key, NdArray, random } from '@variate/core'
import {
  add,
  cast,
  conv2d,
  convTranspose2d,
  drawNormal,
  drawUniform,
  exp,
  gather,
  less,
  matMul,
  maximum,
  mean,
  mul,
  reshape,
  slice,
  softplus,
  splitKey,
  square,
  sub,
  sum,
} from '@variate/core/ops'
import { adam } from '../adam.ts'
import { shuffled } from './shuffled.ts'
import type { Data } from './step.ts'

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

const [SIDE, FILTER, RATE] = [28, 4, 1e-3]
const LAYERS = ['first', 'second', 'code', 'decoder', 'larger', 'image'] as const
type Layer = (typeof LAYERS)[number]

/** Two convolutions, the code's means and log deviations, and back: latents to pixels of channels, two transposed convolutions. */
export type Network<Of> = Readonly<Record<Layer | `${Layer}Bias`, Of>>
const NAMES = LAYERS.flatMap((name) => [name, `${name}Bias`] as const)

/** The network, and Adam's running means of its gradients and of the squares of those. */
export interface NetworkState<Of> {
  readonly network: Network<Of>
  readonly first: Network<Of>
  readonly second: Network<Of>
}

/** The shape of weights, their biases, and how many numbers a sum takes. */
type LayerSizes = readonly [weights: readonly number[], bias: number, from: number]

export function layersOf({ channels: [few, many], latents }: ConvolutionalSizes): Readonly<Record<Layer, LayerSizes>> {
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

const HALVED = { strides: 2, padding: 'same' } as const

/**
 * −ELBO in nats, the mean of a batch, with one draw: q(z|x) a diagonal Gaussian, z ~ N(0, I), pixels Bernoulli by their logits.
 *
 * @param images [batch, 784], of 0 and 1.
 * @param noise [batch, latents], of N(0, 1).
 */
export function negativeElboOf(p: Network<Tensor>, images: Tensor, noise: Tensor): Tensor {
  const [batch, latents] = noise.shape as [number, number]
  const pixels = reshape(images, [batch, SIDE, SIDE, 1])
  const half = relu(add(conv2d(pixels, p.first, HALVED), p.firstBias))
  const quarter = relu(add(conv2d(half, p.second, HALVED), p.secondBias))
  const both = add(matMul(reshape(quarter, [batch, -1]), p.code), p.codeBias)
  const mu = slice(both, [0, 0], [batch, latents])
  const logSigma = slice(both, [0, latents], [batch, latents])
  const sigma = exp(logSigma)
  const units = relu(add(matMul(add(mu, mul(sigma, noise)), p.decoder), p.decoderBias))
  const larger = relu(add(convTranspose2d(reshape(units, quarter.shape), p.larger, HALVED), p.largerBias))
  const logits = reshape(add(convTranspose2d(larger, p.image, HALVED), p.imageBias), images.shape)
  const kl = mul(0.5, sum(sub(sub(add(square(mu), square(sigma)), 1), mul(2, logSigma)), 1))
  const reconstruction = sum(sub(softplus(logits), mul(images, logits)), 1)
  return mean(add(kl, reconstruction))
}

/** A step that takes its images from the shuffled data, draws their pixels and the noise of the code, and climbs. */
export function convolutionalStep({ images: size, batch, latents }: ConvolutionalSizes) {
  return (
    state: NetworkState<Tensor>,
    { key: own, index, inputs: { images, order } }: StepContext<Data> & { inputs: Data },
  ) => {
    const [ofPixels, ofNoise] = splitKey(own)
    const brightness = gather(images, shuffled(order, index, size, batch))
    const pixels = cast(less(drawUniform(ofPixels!, brightness.shape), brightness), 'float32')
    return climbNetwork(state, index, pixels, drawNormal(ofNoise!, [batch, latents]))
  }
}

/** The gradient of −ELBO and a step of Adam; −ELBO before it is the output. */
export function climbNetwork(
  { network, first, second }: NetworkState<Tensor>,
  index: Tensor,
  pixels: Tensor,
  noise: Tensor,
) {
  const named = (of: (i: number) => Tensor): Network<Tensor> =>
    Object.fromEntries(NAMES.map((name, i) => [name, of(i)])) as unknown as Network<Tensor>
  const { value, grads } = valueAndGrad((...xs: Tensor[]) => negativeElboOf(named((i) => xs[i]!), pixels, noise))(
    ...NAMES.map((name) => network[name]),
  )
  const moved = NAMES.map((name, i) =>
    adam(RATE, add(index, 1), network[name], grads[i]!, first[name], second[name]),
  )
  return {
    state: {
      network: named((i) => moved[i]!.next),
      first: named((i) => moved[i]!.first),
      second: named((i) => moved[i]!.second),
    },
    outputs: value,
  }
}

function relu(x: Tensor): Tensor {
  return maximum(x, 0)
}
