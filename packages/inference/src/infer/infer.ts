import { UnsupportedError } from '@variate/core'
import type { Model, ModelTypes, Randomness } from '@variate/language'
import { em, type EmData, type EmFit } from '../em/em.ts'
import { enumeration, type ExactFit } from '../exact/enumeration.ts'
import { annealedImportanceSampling, type AnnealedFit } from '../monteCarlo/annealedImportanceSampling.ts'
import { importanceSampling, type ImportanceFit } from '../monteCarlo/importanceSampling.ts'

/** What was chosen, why, and what it gave. */
export type Inferred<Types> = {
  /** Why this algorithm, in a sentence. */
  readonly reason: string
  /** log p(data), in nats: exact, or an estimate with a standard error above 0; at the parameters that were fitted, if any were. */
  readonly logEvidence: number
  readonly standardError: number
} & (
  | { readonly algorithm: 'enumeration'; readonly fit: ExactFit<Types> }
  | { readonly algorithm: 'em'; readonly fit: EmFit<Types> }
  | { readonly algorithm: 'annealedImportanceSampling'; readonly fit: AnnealedFit<Types> }
  | { readonly algorithm: 'importanceSampling'; readonly fit: ImportanceFit<Types> }
)

export interface Infer<Types> {
  /**
   * Chooses an algorithm and fits the model by it.
   *
   * @param data observations and inputs; parameters and networks that are given are known.
   * @param options where random numbers come from, if any are needed.
   * @throws UnsupportedError where parameters are to be fitted and the E-step cannot be exact; DomainError and ShapeError for data that
   *   do not fit.
   */
  fit(data: EmData<Types>, options: Randomness): Promise<Inferred<Types>>
}

/** Exact inference is chosen where no product has more numbers than this. */
const SMALL = 2 ** 20
const RESTARTS = 5

/**
 * Inference by the algorithm that suits a model: expectation maximisation where parameters are not given, `enumeration` where all
 * latents can be summed over or integrated at little cost, annealed importance sampling where they are continuous, else importance
 * sampling from the prior.
 *
 * @param model the model; what it is conditioned on is known.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { halfCauchy, normal } from '@variate/distributions'
 * import { infer } from '@variate/inference'
 * import { model } from '@variate/language'
 *
 * const level = model('level')
 *   .latent('mu', normal(0, 5))
 *   .plate('i', 'n', (i) => i.observed('x', ({ mu }) => normal(mu, 1)))
 * const exact = await infer(level).fit({ x: [1, 2, 3] }, { seed: 0 })
 * exact.algorithm // => 'enumeration'
 * exact.reason // => 'enumeration, for all latents can be summed over or integrated exactly'
 *
 * const spread = model('spread')
 *   .latent('scale', halfCauchy(5))
 *   .plate('i', 'n', (i) => i.observed('x', ({ scale }) => normal(0, scale)))
 * const sampled = await infer(spread).fit({ x: [1, 2, 3] }, { seed: 0 })
 * sampled.algorithm // => 'annealedImportanceSampling'
 * ```
 */
export function infer<Types extends ModelTypes, Plates extends string>(
  model: Model<Types, Plates>,
): Infer<Types> {
  return {
    fit: async (data, options) => {
      const free = model.program.declarations.filter(
        ({ kind, name }) =>
          (kind === 'param' || kind === 'network') &&
          (data as Readonly<Record<string, unknown>>)[name] === undefined,
      )
      if (free.length > 0) return byEm(model, data, options, free.map(({ name }) => `"${name}"`).join(', '))
      const exactly = await unlessUnsupported(() => enumeration(model, { limit: SMALL }).fit(data as never))
      if (!(exactly instanceof UnsupportedError)) {
        const { largest } = exactly.cost
        return {
          algorithm: 'enumeration',
          reason:
            'enumeration, for all latents can be summed over or integrated exactly' +
            (largest > 1 ? `, in products of at most ${largest} numbers` : ''),
          logEvidence: exactly.logEvidence,
          standardError: 0,
          fit: exactly,
        }
      }
      const annealed = await unlessUnsupported(() =>
        annealedImportanceSampling(model).fit(data as never, options),
      )
      if (!(annealed instanceof UnsupportedError)) {
        return {
          algorithm: 'annealedImportanceSampling',
          reason: `annealedImportanceSampling, for all latents are continuous, and exact inference is not possible: ${exactly.message}`,
          logEvidence: annealed.logEvidence,
          standardError: annealed.standardError,
          fit: annealed,
        }
      }
      const sampled = await importanceSampling(model).fit(data as never, options)
      return {
        algorithm: 'importanceSampling',
        reason:
          `importanceSampling from the prior, for exact inference is not possible: ${exactly.message}; ` +
          `nor is annealing: ${annealed.message}`,
        logEvidence: sampled.logEvidence,
        standardError: sampled.standardError,
        fit: sampled,
      }
    },
  }
}

async function byEm<Types extends ModelTypes, Plates extends string>(
  model: Model<Types, Plates>,
  data: EmData<Types>,
  options: Randomness,
  free: string,
): Promise<Inferred<Types>> {
  const fit = await unlessUnsupported(() => em(model).fit(data, { ...options, restarts: RESTARTS } as never))
  if (fit instanceof UnsupportedError) {
    throw new UnsupportedError(
      `infer: ${free} would be fitted by expectation maximisation, and its E-step is not exact: ${fit.message}; give ` +
        'the parameters, or climb elbo or priorLikelihood',
      { cause: fit },
    )
  }
  return {
    algorithm: 'em',
    reason: `em, for it fits ${free}, and what is known of the latents is exact; the best of ${RESTARTS} starts`,
    logEvidence: fit.logLikelihood,
    standardError: 0,
    fit,
  }
}

async function unlessUnsupported<Result>(run: () => Promise<Result>): Promise<Result | UnsupportedError> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof UnsupportedError) return error
    throw error
  }
}
