import { foldIn, type Key, type NdArray } from '@variate/core'
import { annealedEstimator, type AnnealedLogLikelihoodOptions } from './annealedEstimator.ts'
import type { Applied } from './applied.ts'
import type { ExampleChains } from './exampleChains.ts'
import { examplesOf } from './examplesOf.ts'
import { sampled } from './sampled.ts'

export interface BracketOptions extends AnnealedLogLikelihoodOptions {
  /** Inputs, if the model has such, an example a row. */
  readonly given?: Readonly<Record<string, NdArray>>
}

/** log p(x) of examples that a model made, in nats for each, in the mean over them. */
export interface LogLikelihoodBracket {
  /** From below, in the mean. */
  readonly lower: number
  /** From above, in the mean. */
  readonly upper: number
  /** upper − lower: what annealing lacks at most, in the mean, on both ways together. */
  readonly gap: number
  /** What was drawn, latents and observations, an example a row. */
  readonly examples: Readonly<Record<string, NdArray>>
  /** Of each example, [n]. */
  readonly pointwise: { readonly lower: NdArray<Float64Array>; readonly upper: NdArray<Float64Array> }
}

/**
 * Bidirectional Monte Carlo: both bounds of examples that are drawn of the model.
 *
 * @see Grosse, Ghahramani and Adams, Sandwiching the marginal likelihood using bidirectional Monte Carlo (2015).
 */
export async function bracketed(
  applied: Applied,
  chainsOf: (leaps: number) => ExampleChains,
  count: number,
  key: Key,
  { given = {}, ...options }: BracketOptions,
  who: string,
): Promise<LogLikelihoodBracket> {
  const anneal = annealedEstimator(applied, chainsOf, options, who)
  const drawn = sampled(applied, count, foldIn(key, 0), given, who)
  const { latents } = applied.setting
  const isLatent = ([name]: readonly [string, unknown]): boolean => latents.includes(name)
  const data = Object.fromEntries(Object.entries(drawn).filter((own) => !isLatent(own)))
  const examples = examplesOf(applied, { ...given, ...data }, who)
  const made = Object.fromEntries(Object.entries(drawn).filter(isLatent))
  const below = await anneal(examples, foldIn(key, 1))
  const whole = { ...examples, values: { ...examples.values, ...made } }
  const above = await anneal(whole, foldIn(key, 2), 'down')
  const [lower, upper] = [below.logLikelihood, above.logLikelihood]
  return {
    lower,
    upper,
    gap: upper - lower,
    examples: drawn,
    pointwise: { lower: below.pointwise, upper: above.pointwise },
  }
}
