import type { NdArray } from '@variate/core'
import type { LatentNames, ModelTypes } from '@variate/language'
import type { BbviFit } from '../bbvi/fitOf.ts'

/** A Laplace approximation. */
export interface LaplaceFit<Types extends ModelTypes> extends Pick<
  BbviFit<Types>,
  'params' | 'posterior' | 'elbo' | 'standardError' | 'diagnostics' | 'warnings'
> {
  /** The latents at the mode. */
  readonly mode: Readonly<Record<LatentNames<Types>, NdArray>>
  /** log p(data) by Laplace's formula, in nats: log p(data, mode) + log |det ∂z/∂place| + ½ log det 2πΣ. */
  readonly logEvidence: number
  /** The normal in numbers without bounds that the latents are made of. */
  readonly unconstrained: {
    /** What each number belongs to, such as `tau` and `theta[2]`. */
    readonly names: readonly string[]
    /** [n] */
    readonly mode: NdArray<Float64Array>
    /** [n, n], the inverse of the Hessian of −log p(data, z) there. */
    readonly covariance: NdArray<Float64Array>
  }
  /** Whether the mode was found to the tolerance, or all iterations were done before. */
  readonly termination: { readonly kind: 'converged' | 'limit' }
  /** The fit as bytes, without data: to be loaded. */
  toBytes(): Uint8Array
}
