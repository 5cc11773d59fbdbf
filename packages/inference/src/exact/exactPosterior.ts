import { DomainError, foldIn, type NdArray } from '@variate/core'
import type { LatentNames, Randomness } from '@variate/language'
import { keyFrom } from '../keyFrom.ts'
import { continuousMoments } from './continuousMoments.ts'
import { probabilitiesOf, valuesOf } from './discretePosterior.ts'
import { drawContinuous } from './drawContinuous.ts'
import type { Exact, ExactResult } from './exact.ts'

/** The latents whose values are listed and summed over. */
export type DiscreteNames<Types> = {
  [Name in LatentNames<Types>]: Types[Name] extends { readonly distribution: { enumerateSupport(): unknown } }
    ? Name
    : never
}[LatentNames<Types>]

export type ContinuousNames<Types> = Exclude<LatentNames<Types>, DiscreteNames<Types>>

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
  sample(count: number, options: Randomness): Promise<Readonly<Record<LatentNames<Types>, NdArray>>>
}

/** What is known of the latents of a program after what it is given. */
export function posteriorOf(
  exact: Exact,
  { integrals, factors, eliminated }: Pick<ExactResult, 'integrals' | 'factors' | 'eliminated'>,
): ExactPosterior<never> {
  const { discrete, cardinalities } = exact
  const weights = eliminated.weights()
  return {
    probabilities: probabilitiesOf(discrete, factors, weights, cardinalities),
    values: Object.fromEntries([...discrete].map(([name, { values }]) => [name, values])),
    ...continuousMoments(exact, integrals, weights),
    mode: () => valuesOf(discrete, [eliminated.mode()], []),
    sample: async (count, options) => {
      checkCount(count)
      const key = keyFrom('posterior.sample', options)
      const numbers = eliminated.sample(foldIn(key, 0), count)
      const rows = integrals.map(({ component }) =>
        Int32Array.from(numbers, (own) =>
          component.discrete.reduce((row, variable) => row * cardinalities[variable]! + own[variable]!, 0),
        ),
      )
      return {
        ...valuesOf(discrete, numbers, [count]),
        ...drawContinuous(exact, integrals, numbers, rows, foldIn(key, 1)),
      }
    },
  }
}

function checkCount(count: number): void {
  if (Number.isInteger(count) && count >= 1) return
  throw new DomainError(`posterior.sample: count must be a whole number ≥ 1, got ${String(count)}`)
}
