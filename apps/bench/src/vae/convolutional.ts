import type { Tensor } from '@tensorflow/tfjs-core'
import { valueAndGrad } from '@variate/compile'
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
import { NAMES, SIDE, type ConvolutionalSizes, type Network, type NetworkState } from './network.ts'
import type { Data } from './step.ts'

const RATE = 1e-3
const HALVED = { strides: 2, padding: 'same' } as const

/**
 * −ELBO in nats, the mean of a batch, with one draw: q(z|x) a diagonal Gaussian, z ~ N(0, I), pixels Bernoulli by their logits.
 *
 * @param images [batch, 784], of 0 and 1.
 * @param noise [batch, latents], of N(0, 1).
 */
function negativeElboOf(p: Network<Tensor>, images: Tensor, noise: Tensor): Tensor {
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

interface NetworkClimbed {
  readonly state: NetworkState<Tensor>
  /** −ELBO before the step, in nats. */
  readonly outputs: Tensor
}

/** A step that takes its images from the shuffled data, draws their pixels and the noise of the code, and climbs. */
export function convolutionalStep({ batch, latents }: ConvolutionalSizes) {
  return (state: NetworkState<Tensor>, { key, index, inputs, each }: Data): NetworkClimbed => {
    const [ofPixels, ofNoise] = splitKey(key)
    const brightness = gather(inputs, each)
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
): NetworkClimbed {
  const named = (of: (i: number) => Tensor): Network<Tensor> =>
    Object.fromEntries(NAMES.map((name, i) => [name, of(i)])) as unknown as Network<Tensor>
  const { value, grads } = valueAndGrad((...xs: Tensor[]) =>
    negativeElboOf(
      named((i) => xs[i]!),
      pixels,
      noise,
    ),
  )(...NAMES.map((name) => network[name]))
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
