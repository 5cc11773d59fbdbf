import { DomainError, key as keyOf, type Key } from '@variate/core'
import { shown } from '@variate/core/internal'
import type { Model, ModelTypes } from '@variate/language'
import { runRestarts } from '../run/index.ts'
import { decodeFit, isFit, type FitBytes } from '../saved/fitBytes.ts'
import { coordinateAscentAlgorithm } from './coordinateAscentAlgorithm.ts'
import { fitOf, KIND, scoreOf, type CoordinateAscentFit, type SavedRuns } from './coordinateAscentFit.ts'
import { boundTo, checkCount, LIMIT, type GivenTo } from './givenTo.ts'
import type { CoordinateAscentFitOptions, CoordinateAscentOptions, CoordinateAscentState } from './options.ts'
import { planOf, type Plan } from './plan.ts'
import { checkFactors, savedInit, type DescribedFactors } from './savedFactors.ts'
import { scaledPlan } from './scaledPlan.ts'
import { startsOf, type Init } from './start.ts'
import type { Start } from './started.ts'

export interface CoordinateAscent<Types> {
  /**
   * Finds the q that is closest to the posterior, of those that factorise.
   *
   * @param given observations, inputs, parameters and networks.
   * @throws UnsupportedError for latents of no conjugate family, and for a term that is not conjugate in one, with both sites
   *   named; DomainError and ShapeError for data and options that do not fit; FormatError for a fit to go on from that is of something
   *   else.
   */
  fit(given: GivenTo<Types>, options?: CoordinateAscentFitOptions<Types>): Promise<CoordinateAscentFit<Types>>
  /**
   * A fit that was saved, by `toBytes`: the same, and it can be gone on from.
   *
   * @param given those that it was fitted to.
   * @throws FormatError for bytes that are damaged or no fit, or one of another version, model, `blocks`, or data of other sizes.
   */
  load(bytes: Uint8Array, given: GivenTo<Types>): Promise<CoordinateAscentFit<Types>>
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
 * const loaded = await coordinateAscent(mixture).load(fit.toBytes(), { x: [-3.1, -2.6, 2.2, 3.4, -2.9] })
 * loaded.elbo === fit.elbo // => true
 * ```
 */
export function coordinateAscent<Types extends ModelTypes, Plates extends string>(
  model: Model<Types, Plates>,
  { blocks, limit = LIMIT }: CoordinateAscentOptions<Types> = {},
): CoordinateAscent<Types> {
  const { program } = model
  const who = `model "${program.name}": coordinateAscent`
  const planned = (given: object, init: Init): Planned => {
    const unscaled = planOf(boundTo(program, given, who), { blocks, limit, who })
    const startOf = startsOf(unscaled, init, who)
    return { plan: scaledPlan(unscaled, startOf, who), startOf }
  }
  const decoded = (from: FitBytes): SavedRuns & DescribedFactors => decodeFit(KIND, program.name, from, who)
  return {
    fit: async (given, options = {}) => {
      const { onProgress, signal, from } = options
      const saved = from && isFit(from, 'outcomes') ? decoded(from) : undefined
      const {
        restarts = saved?.restarts ?? 1,
        tolerance = saved?.tolerance ?? 1e-10,
        maxIterations = saved?.maxIterations ?? 1000,
      } = options
      checkCount(who, 'restarts', restarts)
      checkCount(who, 'maxIterations', maxIterations)
      if (!(tolerance >= 0)) throw new DomainError(`${who}: tolerance must be ≥ 0, got ${shown(tolerance)}`)
      const init = (saved?.init ?? options.init ?? {}) as Init
      const { plan, startOf } = planned(given, init)
      if (saved) checkFactors(saved, plan, who)
      const key = saved?.key ?? options.key ?? keyOf(options.seed ?? 0)
      const { state: series } = await runRestarts(() => coordinateAscentAlgorithm(plan, startOf, who), {
        key,
        restarts,
        maxSteps: maxIterations,
        converged: ({ elbo, gain }) => gain <= tolerance * Math.abs(elbo),
        diverged: ({ breakdown }) => breakdown,
        score: scoreOf,
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
        from: saved?.series ?? (from as CoordinateAscentState | undefined),
      })
      return fitOf(plan, { key, init: savedInit(init, who), restarts, tolerance, maxIterations, series })
    },
    load: async (bytes, given) => {
      const saved = decoded(bytes)
      const { plan } = planned(given, saved.init)
      checkFactors(saved, plan, who)
      return fitOf(plan, saved)
    },
  }
}

interface Planned {
  readonly plan: Plan
  readonly startOf: (key: Key) => Start
}
