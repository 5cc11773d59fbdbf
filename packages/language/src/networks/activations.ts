import type { Tensor } from '@tensorflow/tfjs-core'
import { exp, maximum, minimum, mul, ndtr, sigmoid, softmax, softplus, sub, tanh } from '@variate/core/ops'

/** Functions that networks apply to each number, or to each vector, by name. */
export const ACTIVATIONS = {
  linear: (x: Tensor): Tensor => x,
  relu: (x: Tensor): Tensor => maximum(x, 0),
  leakyRelu: (x: Tensor): Tensor => maximum(x, mul(0.01, x)),
  /** Clevert, Unterthiner and Hochreiter 2016. */
  elu: (x: Tensor): Tensor => maximum(x, sub(exp(minimum(x, 0)), 1)),
  /** x·Φ(x), Hendrycks and Gimpel 2016. */
  gelu: (x: Tensor): Tensor => mul(x, ndtr(x)),
  /** x·σ(x), also called swish. */
  silu: (x: Tensor): Tensor => mul(x, sigmoid(x)),
  sigmoid: (x: Tensor): Tensor => sigmoid(x),
  softplus: (x: Tensor): Tensor => softplus(x),
  softmax: (x: Tensor): Tensor => softmax(x),
  tanh: (x: Tensor): Tensor => tanh(x),
} as const

export type ActivationName = keyof typeof ACTIVATIONS

/** An activation by its name, or a function of one's own. */
export type Activation = ActivationName | ((x: Tensor) => Tensor)

export function activationOf(activation: Activation): (x: Tensor) => Tensor {
  return typeof activation === 'function' ? activation : ACTIVATIONS[activation]
}
