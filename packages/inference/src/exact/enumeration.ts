import { UnsupportedError, type Key, type NdArray } from '@variate/core'
import type { LatentNames, Model, ModelTypes, ValuesOf } from '@variate/language'
import { bind, placeOf, type Bound } from '@variate/language/internal'
import { discretePosterior } from './discretePosterior.ts'
import { eliminate } from './eliminate.ts'
import { eliminationPlan, type EliminationPlan } from './eliminationPlan.ts'
import { tablesOf } from './tables.ts'
import { cardinalitiesOf, variablesOf, type DiscreteSite } from './variables.ts'

export interface EnumerationOptions {
  /** The most numbers that a product may have before it is summed; 2²⁴ if not given. */
  readonly limit?: number
}

/** What is known of the latents, exactly. */
export interface ExactPosterior<Names extends string> {
  /** For each discrete latent the probability of each of its values: an axis for each plate, then that of the values. */
  readonly probabilities: Readonly<Record<Names, NdArray<Float64Array>>>
  /** What these values are, [count, ...event]. */
  readonly values: Readonly<Record<Names, NdArray>>
  /** The most probable values of all latents together. */
  mode(): Readonly<Record<Names, NdArray>>
  /** Joint draws, along a first axis. */
  sample(
    count: number,
    options: { readonly seed: number } | { readonly key: Key },
  ): Readonly<Record<Names, NdArray>>
}

export interface ExactFit<Names extends string> {
  /** log p(data), in nats. */
  readonly logEvidence: number
  readonly posterior: ExactPosterior<Names>
  /** How many numbers the largest product had, and all together. */
  readonly cost: Pick<EliminationPlan, 'largest' | 'total'>
}

type Given<Types> = Omit<ValuesOf<Types>, LatentNames<Types>>

export interface Enumeration<Types> {
  /**
   * Sums over all latents.
   *
   * @param given observations, inputs, parameters and networks.
   * @throws UnsupportedError for latents that cannot be summed over, and where more numbers than the limit would be needed.
   */
  fit(given: Given<Types>): Promise<ExactFit<LatentNames<Types>>>
}

/** The most numbers that a product may have. */
const LIMIT = 2 ** 24

/**
 * Exact inference for models with discrete latents: they are summed out one after the other.
 *
 * @param model the model; what it is conditioned on is known.
 */
export function enumeration<Types extends ModelTypes, Plates extends string>(
  model: Model<Types, Plates>,
  { limit = LIMIT }: EnumerationOptions = {},
): Enumeration<Types> {
  const { program } = model
  return {
    fit: async (given) => {
      const bound = bind(program, given as Readonly<Record<string, unknown>>, {
        who: `model "${program.name}": enumeration`,
        needed: ({ kind }) => kind !== 'latent' && kind !== 'deterministic' && kind !== 'factor',
      })
      const discrete = variablesOf(bound)
      checkDiscrete(bound, discrete)
      const { factors, constant } = tablesOf(bound, discrete)
      const cardinalities = cardinalitiesOf(discrete)
      const plan = eliminationPlan(cardinalities, factors)
      checkCost(program.name, plan, limit)
      const eliminated = eliminate(cardinalities, factors, plan)
      return {
        logEvidence: constant + eliminated.logTotal,
        posterior: discretePosterior(discrete, factors, eliminated, cardinalities) as never,
        cost: { largest: plan.largest, total: plan.total },
      }
    },
  }
}

/** @throws UnsupportedError for latents that are neither discrete nor known. */
function checkDiscrete({ program, values }: Bound, discrete: ReadonlyMap<string, DiscreteSite>): void {
  for (const site of program.declarations) {
    if (site.kind !== 'latent' || discrete.has(site.name) || values[site.name]) continue
    throw new UnsupportedError(
      `enumeration: ${placeOf(site)} is continuous: sums go over discrete latents; condition on it, or leave it out`,
    )
  }
}

function checkCost(name: string, { largest }: EliminationPlan, limit: number): void {
  if (largest <= limit) return
  throw new UnsupportedError(
    `enumeration: model "${name}": the best order that was found needs a product of ${largest} numbers, and the limit is ` +
      `${limit}: fewer latents must depend on each other, or pass a larger limit`,
  )
}
