import type { Baseline } from './baseline.ts'
import type { Estimator } from './estimator.ts'
import type { Draws, Factor } from './problem.ts'

/** How the gradient in what a factor is drawn with is estimated. */
export type Part =
  | {
      readonly kind: 'path'
      /** Whether the factor's own log q is differentiated in its parameters, the draw held still: its mean is 0. */
      readonly hasScore: boolean
    }
  | {
      readonly kind: 'score'
      readonly baseline: Baseline
      /** Whether an element's score is multiplied only with what the element has a part in. */
      readonly raoBlackwell: boolean
    }

/** What is done with a factor, and why. */
export interface Choice {
  readonly part: Part
  /** What does it, as a user would call it. */
  readonly estimator: string
  readonly reason: string
}

/** An estimator that treats each factor of q by itself, so that others can be treated otherwise. */
export interface EstimatorByFactor<Needs extends Draws = Draws> extends Estimator<Needs> {
  /**
   * What is done with a factor.
   *
   * @throws UnsupportedError for one that it cannot take: it names the factor, and says why.
   */
  choose(factor: Factor, who: string): Choice
}
