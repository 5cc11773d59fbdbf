import type { Tensor } from '@tensorflow/tfjs-core'
import { valueAndGrad } from '@variate/compile'
import {
  add,
  cast,
  div,
  drawNormal,
  drawUniform,
  exp,
  less,
  matMul,
  mul,
  slice,
  softplus,
  splitKey,
  sqrt,
  square,
  sub,
  sum,
  tanh,
} from '@variate/core/ops'

/** Weights of a variational auto-encoder with one hidden layer on either side. */
export interface Weights<Of = Tensor> {
  readonly encode: Of
  readonly toLatents: Of
  readonly decode: Of
  readonly toPixels: Of
}

const NAMES = ['encode', 'toLatents', 'decode', 'toPixels'] as const
const [RATE, DECAY, SQUARE_DECAY, EPSILON] = [1e-2, 0.9, 0.999, 1e-8]

/** −ELBO of binary pixels (Kingma and Welling 2014), at the noise that is given. */
function loss(
  [encode, toLatents, decode, toPixels]: readonly Tensor[],
  pixels: Tensor,
  noise: Tensor,
): Tensor {
  const [size, width] = noise.shape as [number, number]
  const both = matMul(tanh(matMul(pixels, encode!)), toLatents!)
  const mean = slice(both, [0, 0], [size, width])
  const logScale = slice(both, [0, width], [size, width])
  const latents = add(mean, mul(exp(logScale), noise))
  const logits = matMul(tanh(matMul(latents, decode!)), toPixels!)
  const surprise = sum(sub(softplus(logits), mul(pixels, logits)))
  const divergence = sum(sub(mul(0.5, sub(add(square(mean), exp(mul(2, logScale))), 1)), logScale))
  return div(add(surprise, divergence), size)
}

/** One step of Adam (Kingma and Ba 2015) on images that are binarised, with noise, from a key. */
export function trainingStep(
  weights: Weights,
  means: Weights,
  squares: Weights,
  images: Tensor,
  step: Tensor,
  key: Tensor,
): { readonly loss: Tensor; readonly weights: Weights; readonly means: Weights; readonly squares: Weights } {
  const [forPixels, forNoise] = splitKey(key) as [Tensor, Tensor]
  const width = weights.toLatents.shape[1]! / 2
  const pixels = cast(less(drawUniform(forPixels, images.shape), images), 'float32')
  const noise = drawNormal(forNoise, [images.shape[0]!, width])
  const { value, grads } = valueAndGrad((...ws: Tensor[]) => loss(ws, pixels, noise))(
    ...NAMES.map((name) => weights[name]),
  )
  const made = NAMES.map((name, i) => {
    const mean = add(mul(DECAY, means[name]), mul(1 - DECAY, grads[i]!))
    const squared = add(mul(SQUARE_DECAY, squares[name]), mul(1 - SQUARE_DECAY, square(grads[i]!)))
    const power = (x: number): Tensor => sub(1, exp(mul(Math.log(x), step)))
    const scale = add(sqrt(div(squared, power(SQUARE_DECAY))), EPSILON)
    const next = sub(weights[name], mul(RATE, div(div(mean, power(DECAY)), scale)))
    return { mean, squared, next }
  })
  const by = (of: (item: (typeof made)[number]) => Tensor): Weights =>
    Object.fromEntries(NAMES.map((name, i) => [name, of(made[i]!)])) as unknown as Weights
  return {
    loss: value,
    weights: by(({ next }) => next),
    means: by(({ mean }) => mean),
    squares: by(({ squared }) => squared),
  }
}
