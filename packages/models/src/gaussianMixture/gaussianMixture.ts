import { DomainError, type MatrixLike } from '@variate/core'
import type { Algorithm, EmInfo } from '@variate/inference/run'
import { requireCount } from '../observations.ts'
import { fitMixture } from './fitMixture.ts'
import { mixtureFromJSON } from './fromJson.ts'
import { mixtureDensity, type MixtureDensity } from './mixtureDensity.ts'
import type { GaussianMixtureFit } from './mixtureFit.ts'
import { COVARIANCES, type Mixture } from './mixture.ts'
import { mixtureOf } from './mixtureOf.ts'
import type {
  GaussianMixtureOptions,
  InitialParameters,
  MixtureDataOptions,
  MixtureFitOptions,
} from './options.ts'
import { prepare, type MixtureState } from './prepare.ts'

/** A mixture of Gaussians, ready to be fitted. */
export interface GaussianMixture {
  /**
   * Fits the mixture to observations x [n, d] by expectation maximisation: maximum likelihood, or with a
   * prior maximum a posteriori. Only bad input throws; how the fit ended is in `termination`. A float64
   * `NdArray` is read where it is: it must not change until the promise is settled.
   *
   * @throws DomainError for NaN or infinite data (with row and column), n < K, a constant column without a
   * regularization or prior, bad weights, labels or options; ShapeError for ragged rows or shapes that do not
   * fit; NumericalError where the covariance of x is singular; FormatError for a
   * checkpoint cut short or of another fit.
   */
  fit(x: MatrixLike, options?: MixtureFitOptions): Promise<GaussianMixtureFit>
  /** The same EM as pure functions, `init` and `step`, to go through it at one's own pace. */
  algorithm(x: MatrixLike, options?: MixtureDataOptions): Algorithm<MixtureState, EmInfo>
  /**
   * The density of a state's parameters, or of parameters of one's own: means [K, d], weights [K], and
   * covariances of the shape that the form has.
   *
   * @throws ShapeError or DomainError for parameters of a wrong shape or out of their domain.
   */
  density(parameters: Mixture | Required<Omit<InitialParameters, 'precisions'>>): MixtureDensity
  /** @throws FormatError unless it is what `toJSON` of a fit of this model gave. */
  fromJSON(json: unknown): GaussianMixtureFit
}

/**
 * A mixture of K Gaussians, p(x) = Σₖ wₖ·N(x | μₖ, Σₖ).
 *
 * @throws DomainError if `components` is not a whole number ≥ 1, or `covariance` is none of the four forms.
 *
 * @example
 * ```ts
 * import { oldFaithful } from '@variate/data'
 * import { gaussianMixture } from '@variate/models'
 *
 * const fit = await gaussianMixture({ components: 2 }).fit(oldFaithful(), { tolerance: 1e-10 })
 * fit.logLikelihood // => -1130.264
 * fit.weights.toNested() // => [0.35587, 0.64413]
 * fit.predict([[2, 50], [4.5, 80]]).toNested() // => [0, 1]
 * ```
 */
export function gaussianMixture(options: GaussianMixtureOptions): GaussianMixture {
  const { components, covariance = 'full' } = options
  requireCount('gaussianMixture', 'components', components)
  if (!COVARIANCES.includes(covariance)) {
    throw new DomainError(
      `gaussianMixture: covariance must be one of ${COVARIANCES.join(', ')}, got ${String(covariance)}`,
    )
  }
  const model = { components, covariance, prior: options.prior }
  return {
    fit: async (x, fitOptions = {}) => fitMixture(model, x, fitOptions),
    algorithm: (x, fitOptions = {}) => prepare(model, x, fitOptions).algorithmOf(0),
    density: (parameters) => mixtureDensity(mixtureOf(model, parameters)),
    fromJSON: (json) => mixtureFromJSON(model, json),
  }
}
