import { DomainError, key as keyOf, type Key } from '@variate/core'
import { shown } from '@variate/core/internal'
import type { Model, ModelTypes } from '@variate/language'
import type { ContinuousNames } from '../exact/exactPosterior.ts'
import { runRestarts, type RestartOutcome, type RestartsState, type Termination } from '../run/index.ts'
import {
  coordinateAscentAlgorithm,
  type AscentState,
  type CoordinateAscentInfo,
} from './coordinateAscentAlgorithm.ts'
import { boundTo, checkCount, LIMIT, type GivenTo } from './givenTo.ts'
import type { InitOf } from './initOf.ts'
import { planOf } from './plan.ts'
import { scaledPlan } from './scaledPlan.ts'
import { startsOf } from './start.ts'
import { factoredPosterior, type FactoredPosterior } from './factoredPosterior.ts'

export interface CoordinateAscentOptions<Types> {
  /**
   * Latents that q keeps together: normal ones, by themselves or with a precision or variance that their distributions are scaled
   * by. If not given, a normal latent is kept with a precision of its own plates where all terms allow that; `[]` keeps all apart.
   */
  readonly blocks?: readonly (readonly ContinuousNames<Types>[])[]
  /** How many numbers a term may be computed as, when the model is looked into; 2²⁶ if not given. */
  readonly limit?: number
}

/** Where the runs of a fit stand: plain data, for a checkpoint. */
export type CoordinateAscentState = RestartsState<AscentState, CoordinateAscentInfo>

/** What a fit tells while it runs. */
export interface CoordinateAscentProgress extends CoordinateAscentInfo {
  /** The run under way, from 0. */
  readonly restart: number
  readonly restarts: number
  /** Iterations done in this run, and at most to be done. */
  readonly iteration: number
  readonly maxIterations: number
  /** All that is needed to go on from here: `from` of another fit of the same data with the same options. */
  readonly state: CoordinateAscentState
}

export interface CoordinateAscentFitOptions<Types> {
  /** Runs from different starts, of which the one with the highest ELBO is kept. Default 1. */
  readonly restarts?: number
  /** Default 0. */
  readonly seed?: number
  /** Instead of a seed. */
  readonly key?: Key
  /** The rise of the ELBO, relative to its size, at which a run has converged. Default 1e-10. */
  readonly tolerance?: number
  /** Default 1000. */
  readonly maxIterations?: number
  /** Where the runs start; else from random probabilities of discrete latents, and draws of the prior. */
  readonly init?: InitOf<Types>
  /** Called after every iteration, and awaited where it returns a promise. */
  readonly onProgress?: (progress: CoordinateAscentProgress) => unknown
  /** Ends the fit after the iteration under way. */
  readonly signal?: AbortSignal
  /** Goes on from there, as an unbroken fit would have. */
  readonly from?: CoordinateAscentState
}

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
}

export interface CoordinateAscent<Types> {
  /**
   * Finds the q that is closest to the posterior, of those that factorise.
   *
   * @param given observations, inputs, parameters and networks.
   * @throws UnsupportedError for latents of no conjugate family, and for a term that is not conjugate in one, with both sites
   *   named; DomainError and ShapeError for data and options that do not fit.
   */
  fit(given: GivenTo<Types>, options?: CoordinateAscentFitOptions<Types>): Promise<CoordinateAscentFit<Types>>
}

/**
 * Variational inference by coordinate ascent (CAVI) in models of conjugate exponential families. q has a factor for each element of
 * each latent: of the exponential family that the terms of the log joint are conjugate to, which is found from their values; of
 * discrete latents probabilities. Each update is exact, and so is the ELBO, which never falls: that is checked in each iteration.
 *
 * @param model the model; what it is conditioned on is known.
 * @param options which latents are kept together.
 * @see Blei, Kucukelbir and McAuliffe, “Variational inference: a review for statisticians” (2017).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { gather } from '@variate/core/ops'
 * import { categorical, dirichlet, normal } from '@variate/distributions'
 * import { coordinateAscent } from '@variate/inference'
 * import { model } from '@variate/language'
 *
 * const mixture = model('bayesian mixture')
 *   .latent('weights', dirichlet([1, 1]))
 *   .plate('component', 2, (k) => k.latent('mu', normal(0, 3)))
 *   .plate('point', 'n', (i) =>
 *     i
 *       .latent('c', ({ weights }) => categorical({ probs: weights }))
 *       .observed('x', ({ mu, c }) => normal(gather(mu, c), 1)),
 *   )
 * const fit = await coordinateAscent(mixture).fit({ x: [-3.1, -2.6, 2.2, 3.4, -2.9] }, { seed: 0, restarts: 5 })
 * fit.termination.kind // => 'converged'
 * fit.posterior.factors.mu.family // => 'normal'
 * fit.posterior.mean.mu.data.toSorted() // => [-2.7643, 2.6526]
 * ```
 */
export function coordinateAscent<Types extends ModelTypes, Plates extends string>(
  model: Model<Types, Plates>,
  { blocks, limit = LIMIT }: CoordinateAscentOptions<Types> = {},
): CoordinateAscent<Types> {
  const { program } = model
  const who = `model "${program.name}": coordinateAscent`
  return {
    fit: async (given, options = {}) => {
      const {
        restarts = 1,
        tolerance = 1e-10,
        maxIterations = 1000,
        init = {},
        onProgress,
        signal,
        from,
      } = options
      checkCount(who, 'restarts', restarts)
      checkCount(who, 'maxIterations', maxIterations)
      if (!(tolerance >= 0)) throw new DomainError(`${who}: tolerance must be ≥ 0, got ${shown(tolerance)}`)
      const bound = boundTo(program, given, who)
      const unscaled = planOf(bound, { blocks, limit, who })
      const startOf = startsOf(unscaled, init as Readonly<Record<string, unknown>>, who)
      const plan = scaledPlan(unscaled, startOf, who)
      const { best, outcomes } = await runRestarts(() => coordinateAscentAlgorithm(plan, startOf, who), {
        key: options.key ?? keyOf(options.seed ?? 0),
        restarts,
        maxSteps: maxIterations,
        converged: ({ elbo, gain }) => gain <= tolerance * Math.abs(elbo),
        diverged: ({ breakdown }) => breakdown,
        score: ({ elbo }) => elbo,
        onProgress: (state, info) =>
          onProgress?.({
            ...info,
            restart: state.outcomes.length,
            restarts,
            iteration: state.current?.steps ?? 0,
            maxIterations,
            state,
          }),
        signal,
        from,
      })
      return {
        elbo: best.state.elbo,
        history: best.history,
        iterations: best.steps,
        termination: best.termination,
        restarts: outcomes,
        posterior: factoredPosterior(plan, best.state.q) as unknown as FactoredPosterior<Types>,
      }
    },
  }
}
