import type { Tensor } from '@tensorflow/tfjs-core'
import { UnsupportedError } from '@variate/core'
import { add, clip, mul } from '@variate/core/ops'
import type { Activation } from '../activations.ts'

/** Activations of Keras, as TensorFlow.js names them, by those of ours. */
const ACTIVATIONS: Readonly<Record<string, Activation>> = {
  linear: 'linear',
  relu: 'relu',
  relu6: 'relu6',
  elu: 'elu',
  selu: 'selu',
  gelu: 'gelu',
  gelu_new: 'geluTanh',
  swish: 'silu',
  mish: 'mish',
  sigmoid: 'sigmoid',
  // Of slope 1/5, where others have 1/6.
  hardSigmoid: (x: Tensor) => clip(add(mul(0.2, x), 0.5), 0, 1),
  softplus: 'softplus',
  softsign: 'softsign',
  softmax: 'softmax',
  logSoftmax: 'logSoftmax',
  tanh: 'tanh',
}

/** @throws UnsupportedError for one that is not among them. */
export function layerActivation(name: unknown, who: string): Activation {
  if (typeof name === 'string' && Object.hasOwn(ACTIVATIONS, name)) return ACTIVATIONS[name]!
  throw new UnsupportedError(
    `${who}: its activation ${String(name)} is none of ${Object.keys(ACTIVATIONS).join(', ')}: use one of these`,
  )
}
