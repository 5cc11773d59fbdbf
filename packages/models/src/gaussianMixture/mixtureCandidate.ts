import { NumericalError, type MatrixLike } from '@variate/core'
import { degeneracy } from './degeneracy.ts'
import { fitMixture } from './fitMixture.ts'
import type { GaussianMixtureFit } from './mixtureFit.ts'
import type { Covariance, Mixture } from './mixture.ts'
import type { MixtureFitOptions, MixtureSpecification } from './options.ts'

/** One number of components with one covariance form. */
export interface MixtureCandidate {
  readonly components: number
  readonly covariance: Covariance
  /** The best fit that is not degenerate; null where every run ended in a degenerate one. */
  readonly fit: GaussianMixtureFit | null
  /** Runs whose result was degenerate or broke down, and why the last one was. */
  readonly rejected: number
  readonly reason?: string
}

/** A form that the data cannot bear (columns that depend on each other, say) is a rejected candidate, not an error. */
export async function tryCandidate(
  pair: MixtureSpecification,
  x: MatrixLike,
  options: MixtureFitOptions,
  variances: Float64Array,
): Promise<MixtureCandidate> {
  try {
    const reject = (mixture: Mixture, counts: Float64Array): string | undefined =>
      degeneracy(mixture, counts, variances)
    return judge(pair, await fitMixture(pair, x, options, { reject }))
  } catch (error) {
    if (!(error instanceof NumericalError)) throw error
    const { components, covariance } = pair
    return { components, covariance, fit: null, rejected: options.restarts ?? 1, reason: error.message }
  }
}

function judge({ components, covariance }: MixtureSpecification, fit: GaussianMixtureFit): MixtureCandidate {
  const reasons = fit.restarts.flatMap(({ rejected, termination }) => {
    return termination.kind === 'diverged' ? [termination.site] : (rejected ?? [])
  })
  const sound = reasons.length < fit.restarts.length
  const reason = reasons.at(-1)
  return {
    components,
    covariance,
    fit: sound ? fit : null,
    rejected: reasons.length,
    ...(reason !== undefined && { reason }),
  }
}
