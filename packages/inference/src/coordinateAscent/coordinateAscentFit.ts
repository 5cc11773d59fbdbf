import type { EndedRestarts, RestartOutcome, Termination } from '../run/index.ts'
import { weighed } from '../run/runRestarts.ts'
import { encodeFit, type SavedFit } from '../saved/fitBytes.ts'
import type { AscentState, CoordinateAscentInfo } from './coordinateAscentAlgorithm.ts'
import { factoredPosterior, type FactoredPosterior } from './factoredPosterior.ts'
import type { Plan } from './plan.ts'
import { describedFactors, type DescribedFactors, type SavedInit } from './savedFactors.ts'

/** A fit by coordinate ascent. */
export interface CoordinateAscentFit<Types> {
  /** E log p(x, z) − E log q(z), in nats: never above log p(x). */
  readonly elbo: number
  /** What each iteration of the run that was kept told. */
  readonly history: readonly CoordinateAscentInfo[]
  readonly iterations: number
  readonly termination: Termination
  /** How each run ended; its score is the ELBO. */
  readonly restarts: readonly RestartOutcome[]
  readonly posterior: FactoredPosterior<Types>
  /** The fit as bytes, without data: to be loaded, or gone on from. */
  toBytes(): Uint8Array
}

/** The runs of a fit as far as they have come, and with what they go on. */
export interface SavedRuns extends SavedFit {
  readonly init: SavedInit
  readonly restarts: number
  readonly tolerance: number
  readonly maxIterations: number
  readonly series: EndedRestarts<AscentState, CoordinateAscentInfo>
}

export const KIND = 'coordinateAscent'
export const scoreOf = ({ elbo }: AscentState): number => elbo

/** A fit, of runs as they have ended. */
export function fitOf<Types>(plan: Plan, runs: SavedRuns): CoordinateAscentFit<Types> {
  const { best, outcomes } = weighed(runs.series, { score: scoreOf })
  const { state, history, steps, termination } = best!
  return {
    elbo: state.elbo,
    history,
    iterations: steps,
    termination,
    restarts: outcomes,
    posterior: factoredPosterior(plan, state.q) as unknown as FactoredPosterior<Types>,
    toBytes: () => {
      const saved: SavedRuns & DescribedFactors = { ...runs, ...describedFactors(plan) }
      return encodeFit(KIND, plan.bound.program.name, saved)
    },
  }
}
