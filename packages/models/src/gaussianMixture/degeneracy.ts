import { linalg, ndarray } from '@variate/core'
import { isDense, type Mixture } from './mixture.ts'
import { matrixOffset } from './whiten.ts'

/** Below this eigenvalue a covariance of standardised data is all but singular. */
const LEAST_EIGENVALUE = 1e-3
/** A component that accounts for fewer observations describes an accident. */
const LEAST_COUNT = 5

/**
 * Why a fit is degenerate, if it is: a component on fewer than 5 observations' worth of responsibility, or
 * one whose covariance, of data scaled to unit variances, has an eigenvalue below 1e-3. Likelihood is
 * unbounded near such fits, so that no criterion built on it can be trusted there.
 *
 * @param variances [d], of the columns of the data.
 */
export function degeneracy(
  mixture: Mixture,
  counts: Float64Array,
  variances: Float64Array,
): string | undefined {
  const starved = counts.findIndex((count) => count < LEAST_COUNT)
  if (starved >= 0) return `component ${starved} accounts for ${counts[starved]!.toPrecision(3)} observations`
  const shared = mixture.covariance === 'tied'
  for (let k = 0; k < (shared ? 1 : mixture.components); k++) {
    const least = leastEigenvalue(mixture, k, variances)
    if (least >= LEAST_EIGENVALUE) continue
    const who = shared ? 'the tied covariance' : `the covariance of component ${k}`
    return `${who}, of standardised data, has an eigenvalue of ${least.toPrecision(2)}`
  }
  return undefined
}

function leastEigenvalue(mixture: Mixture, k: number, variances: Float64Array): number {
  const { dimension: d, covariance, covariances } = mixture
  if (!isDense(covariance)) {
    const variance = (a: number): number => covariances[covariance === 'spherical' ? k : k * d + a]!
    return variances.reduce(
      (least, scale, a) => (scale > 0 ? Math.min(least, variance(a) / scale) : least),
      Infinity,
    )
  }
  // A constant column has no unit to be measured in; only a floor lets it come this far.
  const axes = Array.from(variances.keys()).filter((a) => variances[a]! > 0)
  if (axes.length === 0) return Infinity
  const offset = matrixOffset(mixture, k)
  const standardised = axes.flatMap((a) =>
    axes.map((b) => covariances[offset + a * d + b]! / Math.sqrt(variances[a]! * variances[b]!)),
  )
  return linalg.eigh(ndarray(Float64Array.from(standardised), [axes.length, axes.length])).values.data[0]!
}
