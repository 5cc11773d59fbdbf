import type { Engine, WebWorker } from '@variate/compile'
import type { Draws, Estimator } from '@variate/estimators'
import type { Family, FamilyKinds } from '@variate/families'
import type { Guide, ModelTypes, Randomness } from '@variate/language'
import type { Optimizer } from '../optimizers/optimizer.ts'
import type { ClimbProgress } from './climbState.ts'
import type { Fitting } from '../monteCarlo/proposed.ts'
import type { Taken, TakenBy } from './compatible.ts'
import type { RateSearch } from './searchRate.ts'
import type { ConvergenceOptions } from './watch.ts'

export interface BbviOptions<
  Types extends ModelTypes,
  Plates extends string,
  Kinds extends FamilyKinds,
  Needs extends Draws,
  Guided extends ModelTypes,
> {
  /** The distributions that q is one of; `meanField()`, if neither is given. */
  readonly family?: Family<Kinds> & TakenBy<Types, Kinds>
  /** q written out, in place of a family. */
  readonly guide?: Guide<Types, Guided> & Fitting<Types, Guided>
  /** How the gradient is estimated; `reparameterization()`, if not given. */
  readonly estimator?: Estimator<Needs> & Taken<Types, Kinds, Needs>
  /** `adam({ rate: 0.01 })`, if not given; `searchRate` makes one whose rate is searched for. */
  readonly optimizer?: Optimizer | RateSearch
  /** How many steps there are at most; 10,000, if not given. */
  readonly steps?: number
  /**
   * For plates how many of their elements a step takes, at random: all, if not given. Terms of these count as often as there are
   * more elements, so that the objective's mean is that of all.
   */
  readonly batch?: { readonly [Name in Plates]?: number }
  /**
   * How many steps the parameters of q that belong to elements of plates take, those of the elements that a step takes, before each
   * step of what all share: the two halves of variational EM. 0, if not given: all go together.
   */
  readonly localSteps?: number
  /**
   * When the ascent ends before all steps are done; false for never. A fit that diverges is then of the parameters before the step
   * that failed, and not of the best window's.
   */
  readonly convergence?: ConvergenceOptions | false
  /** What real numbers are computed in: float64, if not given, and float32 with networks. */
  readonly precision?: 'float32' | 'float64'
  /** What the steps run on: if not given, what is estimated to be fastest of what is installed. */
  readonly engine?: Engine
  /** Whether results are the same bits on every machine. */
  readonly reproducible?: boolean
}

export type BbviFitOptions = (
  | Randomness
  | {
      /** A fit that was aborted, or as bytes: it goes on exactly as if it had not stopped, to `steps`. */
      readonly from: Uint8Array | { toBytes(): Uint8Array }
    }
) & {
  /** Called some sixty times a second, and awaited where it returns a promise. */
  readonly onProgress?: (progress: ClimbProgress) => unknown
  /**
   * Whether the steps are gone in a worker, so that this thread is free: a page or a server stays responsive. Results are the same.
   * A function makes a worker of a file that calls `serveLoops`.
   */
  readonly worker?: boolean | (() => WebWorker)
  /** Ends the fit after the steps that are under way. */
  readonly signal?: AbortSignal
}
