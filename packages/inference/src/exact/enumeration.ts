import type { LatentNames, Model, ModelTypes, ValuesOf } from '@variate/language'
import { DomainError } from '@variate/core'
import { bind, entryOf, placeOf, type Bound, type Program } from '@variate/language/internal'
import type { ExactCost } from './cost.ts'
import { exactOf, planned } from './exact.ts'
import { posteriorOf, type ExactPosterior } from './exactPosterior.ts'

export interface EnumerationOptions {
  /**
   * The most numbers that any one thing may have which is computed at once: a product of factors before it is summed, the table
   * of a term, the integrals over latents that belong together. 2²⁴ if not given.
   */
  readonly limit?: number
}

export interface ExactFit<Types> {
  /** log p(data), in nats. */
  readonly logEvidence: number
  readonly posterior: ExactPosterior<Types>
  /** How many numbers the largest product had, and all together; and tables and integrals. */
  readonly cost: ExactCost
}

/** All but latents; where nothing is left, nothing. */
type Given<Types> = [Exclude<keyof ValuesOf<Types>, LatentNames<Types>>] extends [never]
  ? Readonly<Record<string, never>>
  : Omit<ValuesOf<Types>, LatentNames<Types>>

export interface Enumeration<Types> {
  /**
   * What a fit costs, before anything is computed.
   *
   * @param given what would be given to it.
   * @returns numbers to compare with the limit; `String(…)` of it is a sentence to print.
   * @throws UnsupportedError where a fit would be refused for its cost, with the number.
   *
   * @example
   * ```ts
   * import '@tensorflow/tfjs-backend-cpu'
   * import { bernoulli, normal } from '@variate/distributions'
   * import { enumeration } from '@variate/inference'
   * import { model } from '@variate/language'
   *
   * const coins = model('coins').plate('coin', 'n', (coin) =>
   *   coin.latent('side', bernoulli({ probs: 0.5 })).observed('x', ({ side }) => normal(side, 1)),
   * )
   * const cost = enumeration(coins).plan({ x: [0.1, 1.2, 0.7] })
   * cost.tables.largest // => 6
   * String(cost) // => 'model "coins": tables of terms: 12 numbers, 6 at once; products of discrete latents: 6 numbers, 2 at once'
   * ```
   */
  plan(given: Given<Types>): ExactCost
  /**
   * Sums over all discrete latents, and integrates all others: normal ones, and those of exponential families.
   *
   * @param given observations, inputs, parameters and networks.
   * @throws UnsupportedError for latents that cannot be summed over or integrated, and where more numbers than the limit would be
   *   needed.
   */
  fit(given: Given<Types>): Promise<ExactFit<Types>>
}

/** The most numbers that are computed at once. */
const LIMIT = 2 ** 24

/**
 * Exact inference: discrete latents are summed out one after the other (variable elimination), continuous ones are integrated
 * where the log joint is quadratic in them, or they are conjugate to what depends on them, whatever the discrete are.
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
  const boundTo = (given: Given<Types>): Bound => {
    checkGiven(program, given)
    return bind(program, given as Readonly<Record<string, unknown>>, {
      who: `model "${program.name}": enumeration`,
      needed: ({ kind }) => kind !== 'latent' && kind !== 'deterministic' && kind !== 'factor',
    })
  }
  return {
    plan: (given) => planned(boundTo(given), limit).cost,
    fit: async (given) => {
      const bound = boundTo(given)
      const exact = exactOf(bound, limit)
      const { logEvidence, ...result } = exact.at(bound.values)
      const posterior = posteriorOf(exact, result) as unknown as ExactPosterior<Types>
      return { logEvidence, posterior, cost: exact.cost }
    },
  }
}

/** @throws DomainError for latents that are given: whether their densities count would not be clear. */
function checkGiven({ name, declarations }: Program, given: Readonly<Record<string, unknown>>): void {
  const latent = declarations.find(
    (site) => site.kind === 'latent' && (entryOf(given, site.name) ?? undefined) !== undefined,
  )
  if (!latent) return
  throw new DomainError(
    `model "${name}": enumeration: ${placeOf(latent)} is given, and is latent: condition on it, model.condition({ ${latent.name}: … })`,
  )
}
