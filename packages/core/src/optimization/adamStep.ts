import type { Tensor } from '@tensorflow/tfjs-core'
import { add, div, mul, neg, sqrt, square } from '../ops/index.ts'

/** Running means of gradients and of their squares, tensor by tensor. */
export interface AdamMeans {
  /** The same running means of ones: what the others lack for having begun with 0. */
  readonly shares: readonly Tensor[]
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
 * @see Kingma and Ba, Adam: A Method for Stochastic Optimization (ICLR 2015), algorithm 1.
 */
export function adamStep(
  gradients: readonly Tensor[],
  { shares, first, second }: AdamMeans,
  { rate, beta1, beta2, epsilon }: AdamSettings,
): AdamMeans & { readonly updates: readonly Tensor[] } {
  const mean = (beta: number, before: Tensor, x: Tensor | number): Tensor =>
    add(mul(beta, before), mul(1 - beta, x))
  const means = gradients.map((g, i) => mean(beta1, first[i]!, g))
  const squares = gradients.map((g, i) => mean(beta2, second[i]!, square(g)))
  // 1 − βᵗ, without the cancellation of that.
  const [share, squareShare] = [mean(beta1, shares[0]!, 1), mean(beta2, shares[1]!, 1)]
  // Both corrections in the rate and in ε, as at the end of the paper's section 2: a division less for each number.
  const correction = sqrt(squareShare)
  const scale = div(mul(rate, correction), share)
  const least = mul(epsilon, correction)
  const updates = means.map((own, i) => neg(div(mul(scale, own), add(sqrt(squares[i]!), least))))
  return { shares: [share, squareShare], first: means, second: squares, updates }
}
