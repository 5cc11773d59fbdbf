import type { Tensor } from '@tensorflow/tfjs-core'
import type { Outline, StartState } from './estimator.ts'
import type { Factor, Problem, Tree } from './problem.ts'

/** What a baseline is made of: all of one factor. */
export interface BaselineContext {
  readonly problem: Problem
  readonly factor: Factor
  /** What scores are multiplied with, in nats: [particles, ...plates], of length 1 along plates where all elements have the same. */
  readonly costs: Tensor
  readonly state: Tree
}

/**
 * What is subtracted from the costs that the score function is multiplied with. The score has mean 0, so that whatever does not
 * depend on the draw leaves the mean of the gradient as it is; its variance is lower where the baseline is near the cost.
 */
export interface Baseline {
  readonly name: string
  /** How many particles it takes at least. */
  readonly leastParticles: number
  /**
   * What it keeps, before the first step.
   *
   * @param shape of the costs of a particle.
   */
  init(factor: Factor, outline: Outline, shape: readonly number[]): StartState
  /** What to subtract: it broadcasts with the costs, and no draw has a part in what is subtracted from its own cost. */
  of(context: BaselineContext): Tensor
  /** What it keeps for the next step. */
  next(context: BaselineContext): Tree
  /**
   * Instead of one number for an element one for each entry of each parameter, which its score is multiplied with.
   *
   * @param scores ∂ log q of each particle along a first axis.
   * @param products the same, multiplied with the costs.
   */
  coefficients?(scores: Tensor, products: Tensor): Tensor
}
