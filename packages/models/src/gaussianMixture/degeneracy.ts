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
    return variances.reduce((least, scale, a) => Math.min(least, variance(a) / scale), Infinity)
  }
  const offset = matrixOffset(mixture, k)
  const standardised = Float64Array.from({ length: d * d }, (_, i) => {
    return covariances[offset + i]! / Math.sqrt(variances[Math.floor(i / d)]! * variances[i % d]!)
  })
  return linalg.eigh(ndarray(standardised, [d, d])).values.data[0]!
}
