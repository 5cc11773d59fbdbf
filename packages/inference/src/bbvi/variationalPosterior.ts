import type { Tensor } from '@tensorflow/tfjs-core'
import { batch, compile } from '@variate/compile'
import type { Key, NdArray } from '@variate/core'
import { sub } from '@variate/core/ops'
import { totalOf, type Problem } from '@variate/estimators'
import type { SiteTensors } from '@variate/families'
import type { LatentNames, Randomness } from '@variate/language'
import { draws } from '@variate/language/internal'
import { inParts, rowsOf } from '../monteCarlo/parts.ts'
import type { ClimbParams } from './climbState.ts'
import { problemOf, structureOf, type Setting } from './problemOf.ts'

type Arrays = Readonly<Record<string, NdArray>>

/** Draws of q with log p(data, z) − log q(z) of each. */
export interface WeighedDraws {
  readonly values: Arrays
  readonly logWeights: Float64Array
}

/** What is known of the latents by q. */
export interface VariationalPosterior<Types> {
  /** The mean of each latent, number by number: in closed form where q has one, else of draws, as are variances. */
  readonly mean: Readonly<Record<LatentNames<Types>, NdArray<Float64Array>>>
  readonly variance: Readonly<Record<LatentNames<Types>, NdArray<Float64Array>>>
  /**
   * The covariance of all numbers of some latents, one behind the other, [n, n]: in closed form where q has one, else of draws.
   *
   * @throws DomainError for a name that is no latent.
   */
  covariance(...names: readonly LatentNames<Types>[]): NdArray<Float64Array>
  /** The probabilities of the values of discrete latents that q has a list of, an axis for each plate first, then that of values. */
  readonly probabilities: Readonly<Partial<Record<LatentNames<Types>, NdArray<Float64Array>>>>
  /** What these values are, [count, ...event]. */
  readonly values: Readonly<Partial<Record<LatentNames<Types>, NdArray>>>
  /** Joint draws of all latents, along a first axis. */
  sample(count: number, options: Randomness): Promise<Readonly<Record<LatentNames<Types>, NdArray>>>
  /** The same with log p(data, z) − log q(z) of each: what `importanceCorrected` and `loo` make right what q lacks with. */
  weighted(count: number, options: Randomness): Promise<WeightedDraws<Types>>
}

export interface WeightedDraws<Types> {
  readonly draws: Readonly<Record<LatentNames<Types>, NdArray>>
  /** In nats. */
  readonly logWeights: Float64Array
}

/**
 * Draws from q at some parameters, many at a time: one compiled program.
 *
 * @param names the latents that are asked for.
 */
export function drawer(
  setting: Setting,
  params: ClimbParams,
  names: readonly string[],
): (key: Key, count: number) => WeighedDraws {
  const { model } = setting
  const { program, sizes } = model
  const structure = structureOf(setting, new Map())
  const run = compile(
    (key: Tensor, own: never, data: SiteTensors, present: SiteTensors, size: number) =>
      batch(
        () => {
          const problem: Problem = problemOf(setting, structure, { data, present, rows: {} })
          const values = problem.draw(own, key)
          const logWeight = sub(
            totalOf(problem.terms, problem.logP(own, values)),
            totalOf(problem.factors, problem.logQ(own, values)),
          )
          const theta = setting.theta.values((own as ClimbParams).model as never)
          const all = draws(program, sizes, key, { ...data, ...theta, ...values })
          return { values: Object.fromEntries(names.map((name) => [name, all[name]!])), logWeight }
        },
        { size },
      )(),
    { precision: 'float64' },
  )
  return (key, count) => {
    const parts = inParts(model, key, count, (words, size) =>
      run(words as never, params as never, model.values as never, model.present as never, size as never),
    ) as unknown as readonly { readonly values: Arrays; readonly logWeight: NdArray }[]
    const values = Object.fromEntries(
      names.map((name) => [
        name,
        rowsOf(
          parts.map((part) => part.values[name]!),
          count,
        ),
      ]),
    )
    const logWeights = rowsOf(
      parts.map((part) => part.logWeight),
      count,
    ).data as Float64Array
    return { values, logWeights }
  }
}
