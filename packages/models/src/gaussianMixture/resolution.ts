import { isDense, type Mixture } from './mixture.ts'
import { matrixOffset } from './whiten.ts'

/** Roundings that add up in a squared Mahalanobis distance. */
const ROUNDINGS = 256

/**
 * What rounding can do to log densities of a mixture, nats per observation: (x − μ)ᵀΣ⁻¹(x − μ) is known to
 * about ε·Σₐ Σₐₐ·(Σ⁻¹)ₐₐ, which is ε·d for independent columns in whatever units, and large where columns
 * nearly depend on each other.
 */
export function resolution(mixture: Mixture): number {
  const { components, dimension: d, covariance, covariances, whitening } = mixture
  if (!isDense(covariance)) return ROUNDINGS * Number.EPSILON * d
  let worst = 0
  for (let k = 0; k < (covariance === 'tied' ? 1 : components); k++) {
    const offset = matrixOffset(mixture, k)
    let condition = 0
    for (let row = 0; row < d; row++) {
      for (let a = 0; a <= row; a++) {
        condition += covariances[offset + a * d + a]! * whitening[offset + row * d + a]! ** 2
      }
    }
    worst = Math.max(worst, condition)
  }
  return ROUNDINGS * Number.EPSILON * worst
}
