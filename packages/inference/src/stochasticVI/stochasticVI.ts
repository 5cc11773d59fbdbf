import { DomainError, key as keyOf, type Key } from '@variate/core'
import { shown } from '@variate/core/internal'
import type { Model, ModelTypes } from '@variate/language'
import { checkBatch, subsetsOf } from '@variate/language/internal'
import type { CoordinateAscentOptions } from '../coordinateAscent/coordinateAscent.ts'
import { boundTo, checkCount, LIMIT, type GivenTo } from '../coordinateAscent/givenTo.ts'
import type { InitOf } from '../coordinateAscent/initOf.ts'
import { planOf } from '../coordinateAscent/plan.ts'
import { scaledPlan } from '../coordinateAscent/scaledPlan.ts'
import { startsOf } from '../coordinateAscent/start.ts'
import { factoredPosterior, type FactoredPosterior } from '../coordinateAscent/factoredPosterior.ts'
import { run, type RunState, type Termination } from '../run/index.ts'
import { stochasticAlgorithm, type StochasticState, type StochasticVIInfo } from './stochasticAlgorithm.ts'

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
  /** Goes on from there, as an unbroken fit would have. */
  readonly from?: StochasticVIState
}

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
}

export interface StochasticVI<Types> {
  /**
   * Fits q by subsets of the data.
   *
   * @param given observations, inputs, parameters and networks.
   * @throws UnsupportedError for what `coordinateAscent` refuses, and for a plate that cannot be taken in parts; DomainError and
   *   ShapeError for data and options that do not fit.
   */
  fit(given: GivenTo<Types>, options?: StochasticVIFitOptions<Types>): Promise<StochasticVIFit<Types>>
}

/**
 * Stochastic variational inference in the models that `coordinateAscent` takes: local factors of some elements of a plate are
 * fitted in each step, and the natural parameters of global factors become a weighted average of what they were and of what these
 * elements say, each counted N/n times. With all elements and steps of size 1 it is coordinate ascent.
 *
 * @param model the model; what it is conditioned on is known.
 * @param options the plate, and the steps.
 * @see Hoffman, Blei, Wang and Paisley, “Stochastic variational inference” (2013).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { gamma, poisson } from '@variate/distributions'
 * import { stochasticVI } from '@variate/inference'
 * import { model } from '@variate/language'
 *
 * const counts = model('counts')
 *   .latent('rate', gamma(1, 1))
 *   .plate('i', 'n', (i) => i.observed('x', ({ rate }) => poisson(rate)))
 * const x = Array.from({ length: 1000 }, (_, i) => i % 5)
 * const fit = await stochasticVI(counts, { batch: { i: 100 }, steps: 200 }).fit({ x }, { seed: 0 })
 * fit.history.length // => 200
 * Math.abs(fit.posterior.mean.rate.at() - 2001 / 1001) < 0.1 // => true
 * ```
 */
export function stochasticVI<Types extends ModelTypes, Plates extends string>(
  model: Model<Types, Plates>,
  options: StochasticVIOptions<Types, Plates>,
): StochasticVI<Types> {
  const { program } = model
  const who = `model "${program.name}": stochasticVI`
  const { batch, steps, delay = 1, forgetting = 0.7, localIterations = 100, blocks, limit = LIMIT } = options
  return {
    fit: async (given, { init = {}, onProgress, signal, from, key, seed = 0 } = {}) => {
      checkCount(who, 'steps', steps)
      checkCount(who, 'localIterations', localIterations)
      if (!(delay > 0 && delay < Infinity))
        throw new DomainError(`${who}: delay must be > 0, got ${shown(delay)}`)
      if (!(forgetting >= 0 && forgetting <= 1))
        throw new DomainError(`${who}: forgetting must be 0 … 1, got ${shown(forgetting)}`)
      const bound = boundTo(program, given, who)
      const [plate, ...others] = Object.keys(batch ?? {})
      if (plate === undefined || others.length > 0) {
        const [some = 'plate'] = program.plates.keys()
        throw new DomainError(`${who}: batch: name one plate, such as { ${some}: 10 }`)
      }
      checkBatch(bound, [plate], who)
      const count = (batch as Readonly<Record<string, number>>)[plate]!
      // Tells of counts that do not fit.
      subsetsOf({ [plate]: count }, bound.sizes, { seed: 0 }, who)
      const unscaled = planOf(bound, { blocks, plate, limit, who })
      const startOf = startsOf(unscaled, init as Readonly<Record<string, unknown>>, who)
      const plan = scaledPlan(unscaled, startOf, who)
      const algorithm = stochasticAlgorithm(
        plan,
        startOf,
        { plate, count, delay, forgetting, localIterations },
        who,
      )
      const result = await run(algorithm, {
        key: key ?? keyOf(seed),
        maxSteps: steps,
        diverged: ({ breakdown }) => breakdown,
        onProgress: (state, info) => onProgress?.({ ...info, step: state.steps, steps, state }),
        signal,
        from,
      })
      const { q, elbo } = algorithm.finished(result.state)
      return {
        elbo,
        history: result.history,
        steps: result.steps,
        termination: result.termination,
        posterior: factoredPosterior(plan, q) as unknown as FactoredPosterior<Types>,
      }
    },
  }
}
