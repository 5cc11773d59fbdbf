import { factoredPosterior, type FactoredPosterior } from '../coordinateAscent/factoredPosterior.ts'
import type { Plan } from '../coordinateAscent/plan.ts'
import { describedFactors, type DescribedFactors, type SavedInit } from '../coordinateAscent/savedFactors.ts'
import type { RunResult, Termination } from '../run/index.ts'
import { encodeFit, type SavedFit } from '../saved/fitBytes.ts'
import type { StochasticAlgorithm, StochasticState, StochasticVIInfo } from './stochasticAlgorithm.ts'

/** A fit by stochastic variational inference. */
export interface StochasticVIFit<Types> {
  /** E log p(x, z) − E log q(z) of all data in the end, in nats, exact: never above log p(x). */
  readonly elbo: number
  /** What each step told: its bounds are estimates. */
  readonly history: readonly StochasticVIInfo[]
  readonly steps: number
  readonly termination: Termination
  /** The local factors of all elements are fitted to the global ones in the end. */
  readonly posterior: FactoredPosterior<Types>
  /** The fit as bytes, without data: to be loaded, or gone on from. */
  toBytes(): Uint8Array
}

/** A run as far as it has come, and with what it goes on. */
export interface SavedRun extends SavedFit {
  readonly init: SavedInit
  readonly run: RunResult<StochasticState, StochasticVIInfo>
}

export const KIND = 'stochasticVI'

/**
 * A fit, of a run as it has ended.
 *
 * @throws NumericalError where a local factor has no distribution.
 */
export function fitOf<Types>(
  plan: Plan,
  algorithm: StochasticAlgorithm,
  saved: SavedRun,
): StochasticVIFit<Types> {
  const { state, history, steps, termination } = saved.run
  const { q, elbo } = algorithm.finished(state)
  return {
    elbo,
    history,
    steps,
    termination,
    posterior: factoredPosterior(plan, q) as unknown as FactoredPosterior<Types>,
    toBytes: () => {
      const content: SavedRun & DescribedFactors = { ...saved, ...describedFactors(plan) }
      return encodeFit(KIND, plan.bound.program.name, content)
    },
  }
}
