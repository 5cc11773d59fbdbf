import type { Tensor } from '@tensorflow/tfjs-core'
import { evalShape } from '@variate/compile'
import { DomainError, NdArray } from '@variate/core'
import { add, fill, type Pair } from '@variate/core/ops'
import { activationOf, isRectifier, type Activation } from './activations.ts'
import { filterInit } from './filterInit.ts'
import { glorotUniform, heNormal, type Initializer } from './initializers.ts'
import type { Network } from './network.ts'
import { checkCount, checkPair, checkShape, leadingOf } from './shapes.ts'

/** What layers of convolutions have in common. */
export interface ConvolutionalOptions {
  /** The rows and columns of a filter; 3 if not given. */
  readonly kernel?: Pair
  /** What is applied behind the bias; `linear` if not given. */
  readonly activation?: Activation
  /** What the filters begin with: He's normals before a relu and its like, else Glorot's uniform numbers. */
  readonly init?: Initializer
}

/** Filters, and what is added to each channel of the result. */
export type ConvolutionParams = {
  readonly filter: NdArray<Float32Array>
  readonly bias: NdArray<Float32Array>
}

interface Kind {
  readonly name: string
  /** Whether the channels that go in are the last axis of the filter. */
  readonly isTransposed: boolean
  convolve(x: Tensor, filter: Tensor): Tensor
}

/** A layer of a kind of convolution, a bias and an activation. */
export function convolutional(
  { name, isTransposed, convolve }: Kind,
  input: readonly number[],
  channels: number,
  { kernel = 3, activation = 'linear', init }: ConvolutionalOptions,
): Network<ConvolutionParams> {
  checkShape(name, input)
  if (input.length !== 3)
    throw new DomainError(`${name}: images must be of shape [height, width, channels], got [${input}]`)
  checkCount(name, 'channels', channels)
  const [rows, columns] = checkPair(name, 'kernel', kernel)
  const f = activationOf(activation, name)
  const ins = input[2]!
  const filter = [rows, columns, ...(isTransposed ? [channels, ins] : [ins, channels])]
  const output = evalShape(() => convolve(fill([...input], 0), fill(filter, 0)))().shape
  const begin = init ?? (isRectifier(activation) ? heNormal : glorotUniform)
  return {
    input,
    output,
    init: (key) => ({
      filter: filterInit(name, begin, key, { rows, columns, ins, outs: channels }, isTransposed),
      bias: new NdArray(new Float32Array(channels), [channels]),
    }),
    apply: ({ filter: weights, bias }, x) => {
      leadingOf(name, x, input)
      return f(add(convolve(x, weights), bias))
    },
  }
}
