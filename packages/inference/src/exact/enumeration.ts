import { DomainError, foldIn, key as keyOf, UnsupportedError, type Key, type NdArray } from '@variate/core'
import type { LatentNames, Model, ModelTypes, ValuesOf } from '@variate/language'
import { bind } from '@variate/language/internal'
import { split } from './components.ts'
import { drawContinuous, momentsOf } from './continuousPosterior.ts'
import { probabilitiesOf, valuesOf } from './discretePosterior.ts'
import { eliminate } from './eliminate.ts'
import { eliminationPlan, type EliminationPlan } from './eliminationPlan.ts'
import { integrated } from './integrated.ts'
import { tablesOf } from './tables.ts'
import { cardinalitiesOf, continuousOf, variablesOf } from './variables.ts'

export interface EnumerationOptions {
  /** The most numbers that a product may have before it is summed; 2²⁴ if not given. */
  readonly limit?: number
}

/** The latents whose values are listed and summed over. */
type DiscreteNames<Types> = {
  [Name in LatentNames<Types>]: Types[Name] extends { readonly distribution: { enumerateSupport(): unknown } }
    ? Name
    : never
}[LatentNames<Types>]

type ContinuousNames<Types> = Exclude<LatentNames<Types>, DiscreteNames<Types>>

/** What is known of the latents, exactly. */
export interface ExactPosterior<Types> {
  /** For each discrete latent the probability of each of its values: an axis for each plate, then that of the values. */
  readonly probabilities: Readonly<Record<DiscreteNames<Types>, NdArray<Float64Array>>>
  /** What these values are, [count, ...event]. */
  readonly values: Readonly<Record<DiscreteNames<Types>, NdArray>>
  /** The mean of each continuous latent, of its own shape. */
  readonly mean: Readonly<Record<ContinuousNames<Types>, NdArray<Float64Array>>>
  /** Its variance, number by number. */
  readonly variance: Readonly<Record<ContinuousNames<Types>, NdArray<Float64Array>>>
  /** The most probable values of all discrete latents together, the continuous integrated out. */
  mode(): Readonly<Record<DiscreteNames<Types>, NdArray>>
  /** Joint draws of all latents, along a first axis. */
  sample(
    count: number,
    options: { readonly seed: number } | { readonly key: Key },
  ): Readonly<Record<LatentNames<Types>, NdArray>>
}

export interface ExactFit<Types> {
  /** log p(data), in nats. */
  readonly logEvidence: number
  readonly posterior: ExactPosterior<Types>
  /** How many numbers the largest product had, and all together. */
  readonly cost: Pick<EliminationPlan, 'largest' | 'total'>
}

type Given<Types> = Omit<ValuesOf<Types>, LatentNames<Types>>

export interface Enumeration<Types> {
  /**
   * Sums over all discrete latents, and integrates all others.
   *
   * @param given observations, inputs, parameters and networks.
   * @throws UnsupportedError for latents that cannot be summed over or integrated, and where more numbers than the limit would be
   *   needed.
   */
  fit(given: Given<Types>): Promise<ExactFit<Types>>
}

/** The most numbers that a product may have. */
const LIMIT = 2 ** 24

/**
 * Exact inference: discrete latents are summed out one after the other (variable elimination), continuous ones are integrated
 * where the log joint is quadratic in them, whatever the discrete are.
 *
 * @param model the model; what it is conditioned on is known.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { gather } from '@variate/core/ops'
 * import { categorical, normal } from '@variate/distributions'
 * import { enumeration } from '@variate/inference'
 * import { model } from '@variate/language'
 *
 * const mixture = model('bayesian mixture')
 *   .plate('component', 2, (k) => k.latent('mu', normal(0, 3)))
 *   .plate('point', 'n', (i) =>
 *     i
 *       .latent('c', categorical({ probs: [0.5, 0.5] }))
 *       .observed('x', ({ mu, c }) => normal(gather(mu, c), 1)),
 *   )
 * const exact = await enumeration(mixture).fit({ x: [-3.1, -2.6, 2.2, 3.4] })
 * exact.logEvidence // => -9.9617
 * exact.posterior.probabilities.c.shape // => [4, 2]
 * ```
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
      const continuous = continuousOf(bound, discrete)
      const cardinalities = cardinalitiesOf(discrete)
      const { components, discreteOnly } = split(bound, discrete, continuous)
      const integrals = integrated(bound, discrete, continuous, components, cardinalities)
      const { factors: tables, constant } = tablesOf(bound, discrete, discreteOnly)
      const factors = [...integrals.map(({ factor }) => factor), ...tables]
      const plan = eliminationPlan(cardinalities, factors)
      checkCost(program.name, plan, limit)
      const eliminated = eliminate(cardinalities, factors, plan)
      const weights = eliminated.weights()
      const posterior: ExactPosterior<never> = {
        probabilities: probabilitiesOf(discrete, factors, weights, cardinalities),
        values: Object.fromEntries([...discrete].map(([name, { values }]) => [name, values])),
        ...momentsOf(continuous, integrals, weights),
        mode: () => valuesOf(discrete, [eliminated.mode()], []),
        sample: (count, options) => {
          checkCount(count)
          const key = 'key' in options ? options.key : keyOf(options.seed)
          const numbers = eliminated.sample(foldIn(key, 0), count)
          const rows = integrals.map(({ component }) =>
            Int32Array.from(numbers, (own) =>
              component.discrete.reduce(
                (row, variable) => row * cardinalities[variable]! + own[variable]!,
                0,
              ),
            ),
          )
          return {
            ...valuesOf(discrete, numbers, [count]),
            ...drawContinuous(continuous, integrals, rows, foldIn(key, 1)),
          }
        },
      }
      return {
        logEvidence: constant + eliminated.logTotal,
        posterior: posterior as unknown as ExactPosterior<Types>,
        cost: { largest: plan.largest, total: plan.total },
      }
    },
  }
}

function checkCount(count: number): void {
  if (Number.isInteger(count) && count >= 1) return
  throw new DomainError(`posterior.sample: count must be a whole number ≥ 1, got ${String(count)}`)
}

function checkCost(name: string, { largest }: EliminationPlan, limit: number): void {
  if (largest <= limit) return
  throw new UnsupportedError(
    `enumeration: model "${name}": the best order that was found needs a product of ${largest} numbers, and the limit is ` +
      `${limit}: fewer latents must depend on each other, or pass a larger limit`,
  )
}
