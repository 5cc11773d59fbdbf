import type { Tensor } from '@tensorflow/tfjs-core'
import { add, div, mul, neg, sqrt, square } from '../ops/index.ts'
import { shareSeen } from './shareSeen.ts'

/** Running means of gradients and of their squares, tensor by tensor. */
export interface AdamMeans {
  readonly first: readonly Tensor[]
  readonly second: readonly Tensor[]
}

export interface AdamSettings {
  /** The length of the step. */
  readonly rate: Tensor | number
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number
}

/**
 * One step of Adam: what is to be added to the parameters, by the running mean of gradients over the root of the running mean of
 * their squares, both corrected for having begun with 0.
 *
 * @param step its number, from 1.
 * @see Kingma and Ba, Adam: A Method for Stochastic Optimization (ICLR 2015), algorithm 1.
 */
export function adamStep(
  gradients: readonly Tensor[],
  { first, second }: AdamMeans,
  step: Tensor,
  { rate, beta1, beta2, epsilon }: AdamSettings,
): AdamMeans & { readonly updates: readonly Tensor[] } {
  const means = gradients.map((g, i) => add(mul(beta1, first[i]!), mul(1 - beta1, g)))
  const squares = gradients.map((g, i) => add(mul(beta2, second[i]!), mul(1 - beta2, square(g))))
  const [kept, keptSquares] = [shareSeen(beta1, step), shareSeen(beta2, step)]
  const scale = div(rate, kept)
  const updates = means.map((mean, i) =>
    neg(div(mul(scale, mean), add(sqrt(div(squares[i]!, keptSquares)), epsilon))),
  )
  return { first: means, second: squares, updates }
}
