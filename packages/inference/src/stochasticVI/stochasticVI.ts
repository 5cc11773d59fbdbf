import { DomainError, key as keyOf } from '@variate/core'
import { shown } from '@variate/core/internal'
import type { Model, ModelTypes } from '@variate/language'
import { checkBatch, subsetsOf } from '@variate/language/internal'
import { boundTo, checkCount, LIMIT, type GivenTo } from '../coordinateAscent/givenTo.ts'
import { planOf } from '../coordinateAscent/plan.ts'
import { checkFactors, savedInit, type DescribedFactors } from '../coordinateAscent/savedFactors.ts'
import { scaledPlan } from '../coordinateAscent/scaledPlan.ts'
import { startsOf, type Init } from '../coordinateAscent/start.ts'
import { run } from '../run/index.ts'
import { decodeFit, isFit, type FitBytes } from '../saved/fitBytes.ts'
import type { StochasticVIFitOptions, StochasticVIOptions, StochasticVIState } from './options.ts'
import { stochasticAlgorithm } from './stochasticAlgorithm.ts'
import { fitOf, KIND, type SavedRun, type StochasticVIFit } from './stochasticVIFit.ts'

export interface StochasticVI<Types> {
  /**
   * Fits q by subsets of the data.
   *
   * @param given observations, inputs, parameters and networks.
   * @throws UnsupportedError for what `coordinateAscent` refuses, and for a plate that cannot be taken in parts; DomainError and
   *   ShapeError for data and options that do not fit; FormatError for a fit to go on from that is of something else.
   */
  fit(given: GivenTo<Types>, options?: StochasticVIFitOptions<Types>): Promise<StochasticVIFit<Types>>
  /**
   * A fit that was saved, by `toBytes`: the same, and it can be gone on from.
   *
   * @param given those that it was fitted to.
   * @throws FormatError for bytes that are damaged or no fit, or one of another version, model, `blocks`, or data of other sizes.
   */
  load(bytes: Uint8Array, given: GivenTo<Types>): Promise<StochasticVIFit<Types>>
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
 * const algorithm = stochasticVI(counts, { batch: { i: 100 }, steps: 200 })
 * const fit = await algorithm.fit({ x }, { seed: 0 })
 * fit.history.length // => 200
 * Math.abs(fit.posterior.mean.rate.at() - 2001 / 1001) < 0.1 // => true
 * const loaded = await algorithm.load(fit.toBytes(), { x })
 * loaded.elbo === fit.elbo // => true
 * ```
 */
export function stochasticVI<Types extends ModelTypes, Plates extends string>(
  model: Model<Types, Plates>,
  options: StochasticVIOptions<Types, Plates>,
): StochasticVI<Types> {
  const { program } = model
  const who = `model "${program.name}": stochasticVI`
  const { batch, steps, delay = 1, forgetting = 0.7, localIterations = 100, blocks, limit = LIMIT } = options
  const prepared = (given: object, init: Init) => {
    checkOptions()
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
    const startOf = startsOf(unscaled, init, who)
    const plan = scaledPlan(unscaled, startOf, who)
    const how = { plate, count, delay, forgetting, localIterations }
    return { plan, algorithm: stochasticAlgorithm(plan, startOf, how, who) }
  }
  const checkOptions = (): void => {
    checkCount(who, 'steps', steps)
    checkCount(who, 'localIterations', localIterations)
    if (!(delay > 0 && delay < Infinity))
      throw new DomainError(`${who}: delay must be > 0, got ${shown(delay)}`)
    if (!(forgetting >= 0 && forgetting <= 1))
      throw new DomainError(`${who}: forgetting must be 0 … 1, got ${shown(forgetting)}`)
  }
  const decoded = (from: FitBytes): SavedRun & DescribedFactors => decodeFit(KIND, program.name, from, who)
  return {
    fit: async (given, { onProgress, signal, from, ...fitOptions } = {}) => {
      const saved = from && isFit(from, 'state') ? decoded(from) : undefined
      const init = (saved?.init ?? fitOptions.init ?? {}) as Init
      const { plan, algorithm } = prepared(given, init)
      if (saved) checkFactors(saved, plan, who)
      const key = saved?.key ?? fitOptions.key ?? keyOf(fitOptions.seed ?? 0)
      const result = await run(algorithm, {
        key,
        maxSteps: steps,
        diverged: ({ breakdown }) => breakdown,
        onProgress: (state, info) => onProgress?.({ ...info, step: state.steps, steps, state }),
        signal,
        from: saved?.run ?? (from as StochasticVIState | undefined),
      })
      return fitOf(plan, algorithm, { key, init: savedInit(init, who), run: result })
    },
    load: async (bytes, given) => {
      const saved = decoded(bytes)
      const { plan, algorithm } = prepared(given, saved.init)
      checkFactors(saved, plan, who)
      return fitOf(plan, algorithm, saved)
    },
  }
}
