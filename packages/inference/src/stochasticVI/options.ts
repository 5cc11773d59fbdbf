import type { Key } from '@variate/core'
import type { InitOf } from '../coordinateAscent/initOf.ts'
import type { CoordinateAscentOptions } from '../coordinateAscent/options.ts'
import type { RunState } from '../run/index.ts'
import type { StochasticState, StochasticVIInfo } from './stochasticAlgorithm.ts'

export interface StochasticVIOptions<
  Types,
  Plates extends string = string,
> extends CoordinateAscentOptions<Types> {
  /** The plate of which so many elements are taken in each step, at random without replacement: one plate. */
  readonly batch: { readonly [Name in Plates]?: number }
  /** How many steps are done. */
  readonly steps: number
  /** Step t, from 0, has size (t + delay)^−forgetting: a longer delay makes the first steps smaller. Default 1. */
  readonly delay?: number
  /** From 0 to 1; above ½ the steps end where they should (Robbins and Monro 1951). Default 0.7. */
  readonly forgetting?: number
  /** How often at most local factors that depend on each other are updated in a step. Default 100. */
  readonly localIterations?: number
}

/** Where a run stands: plain data, for a checkpoint. */
export type StochasticVIState = RunState<StochasticState, StochasticVIInfo>

/** What a fit tells while it runs. */
export interface StochasticVIProgress extends StochasticVIInfo {
  /** Steps done, and to be done. */
  readonly step: number
  readonly steps: number
  /** All that is needed to go on from here: `from` of another fit of the same data with the same options. */
  readonly state: StochasticVIState
}

export interface StochasticVIFitOptions<Types> {
  /** Default 0. */
  readonly seed?: number
  /** Instead of a seed. */
  readonly key?: Key
  /** Where it starts; else from random probabilities of discrete latents, and draws of the prior. */
  readonly init?: InitOf<Types>
  /** Called after every step, and awaited where it returns a promise. */
  readonly onProgress?: (progress: StochasticVIProgress) => unknown
  /** Ends the fit after the step under way. */
  readonly signal?: AbortSignal
  /**
   * Goes on as an unbroken fit would have: from a state, with the same options again; or from a fit or its bytes, of which are the
   * start and the random numbers.
   */
  readonly from?: StochasticVIState | Uint8Array | { toBytes(): Uint8Array }
}
