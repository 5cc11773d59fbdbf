import type { Tensor } from '@tensorflow/tfjs-core'
import { add, div, mul, neg, sqrt, square } from '../ops/index.ts'

/** Sums over the steps, in which each counts by a factor less than the next, tensor by tensor. */
export interface AdamSums {
  /** Of ones, for gradients and for squares: what the others are divided by to be means. */
  readonly shares: readonly Tensor[]
  /** Of gradients, and of their squares. */
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
 * their squares. Means are sums over sums of ones, which is the paper's correction for having begun with 0, and takes fewer
 * operations on large tensors.
 *
 * @see Kingma and Ba, Adam: A Method for Stochastic Optimization (ICLR 2015), algorithm 1.
 */
export function adamStep(
  gradients: readonly Tensor[],
  { shares, first, second }: AdamSums,
  { rate, beta1, beta2, epsilon }: AdamSettings,
): AdamSums & { readonly updates: readonly Tensor[] } {
  const sum = (beta: number, before: Tensor, x: Tensor | number): Tensor => add(mul(beta, before), x)
  const sums = gradients.map((g, i) => sum(beta1, first[i]!, g))
  const squares = gradients.map((g, i) => sum(beta2, second[i]!, square(g)))
  const [share, squareShare] = [sum(beta1, shares[0]!, 1), sum(beta2, shares[1]!, 1)]
  // Both divisions in the rate and in ε, as at the end of the paper's section 2: one less for each number.
  const root = sqrt(squareShare)
  const scale = neg(div(mul(rate, root), share))
  const least = mul(epsilon, root)
  const updates = sums.map((own, i) => div(mul(scale, own), add(sqrt(squares[i]!), least)))
  return { shares: [share, squareShare], first: sums, second: squares, updates }
}
