import type { Tensor } from '@tensorflow/tfjs-core'
import type { NdArray } from '@variate/core'
import type { AnyKey } from '@variate/core/ops'
import type { Draws, Factor, Input, ObjectiveParameters, Problem, Term, Tree } from './problem.ts'

/** What an estimator keeps from step to step, such as a baseline: to begin with. */
export type StartState = { readonly [name: string]: NdArray<Float64Array> | StartState }

/** What is known of a problem before anything is computed. */
export type Outline = Pick<Problem, 'sizes'> & {
  readonly factors: readonly Factor[]
  readonly terms: readonly Term[]
  readonly inputs?: readonly Input[]
}

export interface Estimate {
  /** An estimate of the bound that is climbed, in nats. */
  readonly objective: Tensor
  /** An estimate of its gradient, of the structure of the parameters. */
  readonly gradients: ObjectiveParameters
  readonly state: Tree
}

/**
 * An estimator of the gradient of a variational bound.
 *
 * `Needs` is how factors must be drawn for it to take them.
 */
export interface Estimator<Needs extends Draws = Draws> {
  readonly name: string
  readonly needs: readonly Needs[]
  /** How many draws a step takes. */
  readonly particles: number
  /** Whether the mean of its gradients is the gradient of the objective. */
  readonly isUnbiased: boolean
  /** Whether its objective is another function of weights p/q than the mean of their logarithms: these must then be what they are. */
  readonly isOfWeights?: true
  /**
   * Whether what it gives for q's parameters climbs another objective than what it gives for the model's: nothing may then be of
   * both.
   */
  readonly isOfTwoObjectives?: true
  /**
   * What it keeps, before the first step.
   *
   * @throws UnsupportedError for a problem that it cannot take: it names the site, and says why.
   */
  init(outline: Outline, who: string): StartState
  /** One estimate: a pure function of tensors. */
  estimate(problem: Problem, parameters: ObjectiveParameters, key: AnyKey, state: Tree): Estimate
}
