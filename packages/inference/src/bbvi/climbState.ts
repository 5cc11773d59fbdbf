import type { Tensor } from '@tensorflow/tfjs-core'
import type { Engine, NonFiniteStateError, WebWorker } from '@variate/compile'
import type { Key, NdArray } from '@variate/core'
import type { TensorTree } from '@variate/core/internal'
import type { Estimator } from '@variate/estimators'
import type { ParamArrays } from '@variate/families'
import type { Optimizer } from '../optimizers/optimizer.ts'
import type { subsetsBetween } from './subsets.ts'
import type { ConvergenceOptions, Watched } from './watch.ts'

export interface ClimbParams {
  readonly model: ParamArrays
  readonly guide: ParamArrays
}

/** What steps change: plain data, from which an ascent goes on exactly. */
export interface ClimbState {
  readonly params: ClimbParams
  readonly optimizer: ParamArrays
  readonly estimator: ParamArrays
  /** The last estimate of the objective. */
  readonly objective: NdArray<Float64Array>
  /** What tells whether it has converged. */
  readonly watched: Readonly<Record<keyof Watched, NdArray<Float64Array>>>
  /** The parameters after the best window. */
  readonly best: ClimbParams
}

export interface ClimbProgress {
  /** How many steps are done, of how many. */
  readonly step: number
  readonly steps: number
  /** The last estimate of the objective, in nats. */
  readonly objective: number
}

export interface ClimbOptions {
  readonly estimator: Estimator
  readonly optimizer: Optimizer
  readonly steps: number
  /** Of plates how many elements a step takes. */
  readonly taken: ReadonlyMap<string, number>
  /** How many steps local parameters take before each step of the others; with 0 all go together. */
  readonly localSteps: number
  /** Whether networks are trained, so that what is random in them is; they are, if not given. */
  readonly isTraining?: boolean
  readonly convergence: Required<ConvergenceOptions> | undefined
  readonly precision: 'float32' | 'float64'
  readonly engine: Engine | undefined
  readonly reproducible: boolean
  readonly worker?: boolean | (() => WebWorker) | undefined
  /** Which elements of a plate steps take; `subsetsBetween`, if not given. */
  readonly rowsBetween?: typeof subsetsBetween | undefined
  /** What else each step tells, of what the estimator keeps: numbers by names. */
  readonly measure?: ((kept: TensorTree) => Readonly<Record<string, Tensor>>) | undefined
  /** After how many steps the ascent stops, rising. */
  readonly stops?: readonly number[] | undefined
  /** Is told of the state at each stop, and awaited: `true` ends the ascent as converged. */
  readonly onStop?: ((step: number, state: ClimbState) => unknown) | undefined
  /** Is told of what steps have collected, before `onProgress` is. */
  readonly onOutputs?: ((outputs: Readonly<Record<string, NdArray<Float64Array>>>) => void) | undefined
  readonly onProgress?: ((progress: ClimbProgress) => unknown) | undefined
  readonly signal?: AbortSignal | undefined
}

/** What is not finite after a step, the key that its draws came from, and the parameters before it. */
export interface Failure {
  readonly error: NonFiniteStateError
  readonly key: Key
  readonly params: ClimbParams
}

/** How an ascent ended: `failure` says what is not finite, unless it is the objective that has fallen. */
export interface Climb {
  readonly state: ClimbState
  /** The estimate of the objective in each step. */
  readonly history: Float64Array
  readonly termination:
    | { readonly kind: 'converged' | 'limit' }
    | { readonly kind: 'aborted'; readonly step: number }
    | { readonly kind: 'diverged'; readonly step: number; readonly failure?: Failure }
}
