import type { Tensor } from '@tensorflow/tfjs-core'
import { ShapeError } from '../../errors.ts'
import type { Key } from '../../random/key.ts'
import { broadcastShapes, sameShape } from '../broadcast.ts'
import { mul } from '../arithmetic.ts'
import { constant, fill } from '../constant.ts'
import { newValues, runKernel, type Kernel, type TensorValues } from '../kernel.ts'
import { isTensor, type Real } from '../real.ts'
import { broadcastTo, sumTo } from '../sum.ts'
import { checkKey, keyOf, type AnyKey } from './key.ts'

/** Draws into `out`; each parameter has one element, or one for each of `out`. */
export type Fill = (key: Key, parameters: readonly TensorValues[], out: TensorValues) => void

/** The derivative of the draws with respect to one parameter, given the draws again and the parameters. */
export type DrawDerivative = (draws: Tensor, ...parameters: readonly Tensor[]) => Real

export interface DrawOptions {
  readonly dtype?: 'float32' | 'int32'
  /** How draws move with each parameter at a fixed key; null where they do not. */
  readonly derivatives?: readonly (DrawDerivative | null)[]
}

/** An op that draws an array of `shape`, to which the parameters broadcast. */
export type Draw = (key: AnyKey, shape: readonly number[], ...parameters: readonly Real[]) => Tensor

/**
 * A kernel of random draws. A key tensor is its first input; a plain key is one of its attributes. The gradient
 * draws again from the same key, so that the draws are functions of the parameters, which can be differentiated
 * again.
 */
export function defineDraw(
  name: string,
  fillDraws: Fill,
  { dtype = 'float32', derivatives = [] }: DrawOptions = {},
): Draw {
  const kernel: Kernel = {
    compute: (inputs, attributes) => {
      const plain = attributes['key'] as Key | null
      const out = newValues(attributes['shape'] as readonly number[], dtype)
      const parameters = plain ? inputs : inputs.slice(1)
      fillDraws(
        plain ?? keyOf(inputs[0]!),
        parameters.map(({ data }) => data),
        out.data,
      )
      return out
    },
    gradient: (index, dy, inputs, attributes) => {
      const plain = attributes['key'] as Key | null
      const parameters = plain ? inputs : inputs.slice(1)
      const derivative = derivatives[plain ? index : index - 1]
      const { shape } = inputs[index]!
      if (!derivative) return fill(shape, 0)
      const draws = op(plain ?? inputs[0]!, attributes['shape'] as readonly number[], ...parameters)
      return sumTo(mul(dy, derivative(draws, ...parameters)), shape)
    },
  }
  const op: Draw = (key, shape, ...parameters) => {
    const tensors = parameters.map((parameter) => spread(constant(parameter), shape, name))
    checkKey(key, name)
    const [plain, inputs] = isTensor(key) ? [null, [key, ...tensors]] : [key, tensors]
    return runKernel(`variate.${name}`, kernel, inputs, { key: plain, shape: [...shape], dtype })
  }
  return op
}

/** A parameter of one element, or of the shape of the draws. */
function spread(parameter: Tensor, shape: readonly number[], name: string): Tensor {
  if (!sameShape(broadcastShapes([shape, parameter.shape], name), shape)) {
    throw new ShapeError(
      `${name}: draws of shape [${shape}] cannot hold parameters of shape [${parameter.shape}]`,
    )
  }
  return parameter.size === 1 ? parameter : broadcastTo(parameter, shape)
}
