import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError } from '@variate/core'
import { shown } from '@variate/core/internal'
import {
  abs,
  add,
  clip,
  div,
  exp,
  logSigmoid,
  logSoftmax,
  maximum,
  minimum,
  mul,
  ndtr,
  sigmoid,
  softmax,
  softplus,
  square,
  sub,
  tanh,
} from '@variate/core/ops'

const relu = (x: Tensor): Tensor => maximum(x, 0)
/** exp(x) − 1 below 0, else 0. */
const below = (x: Tensor): Tensor => sub(exp(minimum(x, 0)), 1)

const SELU_SCALE = 1.0507009873554805
const SELU_ALPHA = 1.6732632423543772
const SQRT_TWO_OVER_PI = Math.sqrt(2 / Math.PI)

/** max(0, min(1, x/6 + 1/2)): Howard et al. 2019. Keras 2 has the slope 1/5. */
const hardSigmoid = (x: Tensor): Tensor => clip(add(mul(x, 1 / 6), 0.5), 0, 1)

/** Functions that networks apply to each number, or to each vector, by name. */
export const ACTIVATIONS = {
  linear: (x: Tensor): Tensor => x,
  relu: (x: Tensor): Tensor => relu(x),
  /** min(max(x, 0), 6). */
  relu6: (x: Tensor): Tensor => clip(x, 0, 6),
  leakyRelu: (x: Tensor): Tensor => maximum(x, mul(0.01, x)),
  /** Clevert, Unterthiner and Hochreiter 2016. */
  elu: (x: Tensor): Tensor => maximum(x, below(x)),
  /** λ·elu with α of its own, Klambauer et al. 2017: variances stay near 1 from layer to layer. */
  selu: (x: Tensor): Tensor => mul(SELU_SCALE, add(relu(x), mul(SELU_ALPHA, below(x)))),
  /** x·Φ(x), Hendrycks and Gimpel 2016. */
  gelu: (x: Tensor): Tensor => mul(x, ndtr(x)),
  /** Their approximation of it, x·(1 + tanh(√(2/π)·(x + 0.044715·x³)))/2. */
  geluTanh: (x: Tensor): Tensor => {
    const inner = mul(SQRT_TWO_OVER_PI, mul(x, add(1, mul(0.044715, square(x)))))
    return mul(mul(0.5, x), add(1, tanh(inner)))
  },
  /** x·σ(x), also called swish. */
  silu: (x: Tensor): Tensor => mul(x, sigmoid(x)),
  /** x·tanh(softplus(x)), Misra 2020. */
  mish: (x: Tensor): Tensor => mul(x, tanh(softplus(x))),
  sigmoid: (x: Tensor): Tensor => sigmoid(x),
  logSigmoid: (x: Tensor): Tensor => logSigmoid(x),
  hardSigmoid: (x: Tensor): Tensor => hardSigmoid(x),
  /** x·hardSigmoid(x), Howard et al. 2019. */
  hardSwish: (x: Tensor): Tensor => mul(x, hardSigmoid(x)),
  softplus: (x: Tensor): Tensor => softplus(x),
  /** x/(1 + |x|). */
  softsign: (x: Tensor): Tensor => div(x, add(1, abs(x))),
  softmax: (x: Tensor): Tensor => softmax(x),
  logSoftmax: (x: Tensor): Tensor => logSoftmax(x),
  exp: (x: Tensor): Tensor => exp(x),
  tanh: (x: Tensor): Tensor => tanh(x),
  hardTanh: (x: Tensor): Tensor => clip(x, -1, 1),
} as const

export type ActivationName = keyof typeof ACTIVATIONS

/** An activation by its name, or a function of one's own. */
export type Activation = ActivationName | ((x: Tensor) => Tensor)

/** Before these half of the inputs, or nearly, are cut off. */
const RECTIFIERS: ReadonlySet<unknown> = new Set([
  'relu',
  'relu6',
  'leakyRelu',
  'elu',
  'gelu',
  'geluTanh',
  'silu',
  'mish',
  'hardSwish',
])

/** Whether weights before it begin with twice the variance, for half of what they give is cut off. */
export function isRectifier(activation: Activation): boolean {
  return RECTIFIERS.has(activation)
}

/** @throws DomainError for a name that is none. */
export function activationOf(activation: Activation, who = 'activation'): (x: Tensor) => Tensor {
  if (typeof activation === 'function') return activation
  if (Object.hasOwn(ACTIVATIONS, activation)) return ACTIVATIONS[activation]
  throw new DomainError(
    `${who}: there is no activation ${shown(activation)}: expected a function, or one of ${Object.keys(ACTIVATIONS).join(', ')}`,
  )
}
