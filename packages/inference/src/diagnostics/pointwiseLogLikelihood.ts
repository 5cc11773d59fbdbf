import type { NdArray } from '@variate/core'
import type { ConditionedNames, Data, LatentNames, Model, ModelTypes, ObservedNames } from '@variate/language'
import type { Known } from '../monteCarlo/proposed.ts'
import { logLikelihoodOf } from './logLikelihoodOf.ts'

/** Draws of all latents of a model, the draws along the first axis of each. */
export type DrawsOf<Types> = [LatentNames<Types>] extends [never]
  ? Readonly<Record<string, never>>
  : Readonly<Record<LatentNames<Types>, Data>>

/** For each site with data the log density of each of its elements in each draw, in nats: [draws, ...plates]. */
export type LogLikelihood<Names extends string = string> = Readonly<Record<Names, NdArray<Float64Array>>>

/** The sites whose densities count as the data's. */
export type DataNames<Types> = ObservedNames<Types> | ConditionedNames<Types>

/**
 * The log density of each observation given each of several draws of the latents: what `looOf` and `waicOf` take, and what
 * `toInferenceData` writes as `logLikelihood`.
 *
 * @param draws of all latents, such as `posterior.sample` gives.
 * @param given observations, inputs, parameters and networks.
 * @returns NaN for observations that are missing.
 * @throws DomainError and ShapeError for draws and data that do not fit, which name the site; NumericalError for a log density
 *   that is NaN or ∞; UnsupportedError where there would be too many.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { normal } from '@variate/distributions'
 * import { pointwiseLogLikelihood } from '@variate/inference'
 * import { model } from '@variate/language'
 *
 * const points = model('points')
 *   .latent('mu', normal(0, 1))
 *   .plate('point', 'n', (i) => i.observed('x', ({ mu }) => normal(mu, 1)))
 * const { x } = await pointwiseLogLikelihood(points, { mu: [0, 1] }, { x: [0, 1, 2] })
 * x.toNested() // => [[-0.9189, -1.4189, -2.9189], [-1.4189, -0.9189, -1.4189]]
 * ```
 */
export async function pointwiseLogLikelihood<Types extends ModelTypes, Plates extends string>(
  model: Model<Types, Plates>,
  draws: DrawsOf<Types>,
  given: Known<Types>,
): Promise<LogLikelihood<DataNames<Types>>> {
  return logLikelihoodOf(model.program, draws, given as never, 'pointwiseLogLikelihood') as never
}
