import { Breakdown } from '@variate/inference'
import { floorEigenvalues } from './floorEigenvalues.ts'
import { covarianceShape, isDense, type Mixture, type MixtureShape } from './mixture.ts'
import { priorCount, type ResolvedPrior } from './prior.ts'
import { scatterAbout } from './scatter.ts'
import type { MixtureStatistics } from './statistics.ts'
import { whiten } from './whiten.ts'

/** What an M-step is held by besides the statistics. */
export interface Restraint {
  /** The smallest eigenvalue that a covariance may have, in squared units of the data; 0 for none. */
  readonly floor: number
  readonly prior?: ResolvedPrior | undefined
  /** [d]: the variance of each column of the data, which tells a collapsed component. */
  readonly variances: Float64Array
}

/** A component of less weight than this has no moments to speak of. */
const NEGLIGIBLE = 1e-100

function isEmpty(count: number, prior: ResolvedPrior | undefined): boolean {
  return prior === undefined && count < NEGLIGIBLE
}

/**
 * The M-step: the parameters that maximise the expected log joint (with a prior: plus the log prior).
 *
 * @param before keeps the mean and covariance of a component that no observation belongs to any more.
 * @returns a `Breakdown` that names the component whose covariance is singular.
 */
export function maximization(
  statistics: MixtureStatistics,
  restraint: Restraint,
  before?: Mixture,
): Mixture | Breakdown {
  const { prior } = restraint
  const empty = statistics.counts.findIndex((count) => isEmpty(count, prior))
  if (empty >= 0 && before === undefined)
    return new Breakdown(`component ${empty}: no observation belongs to it`)
  const weights = posteriorWeights(statistics, prior)
  const means = posteriorMeans(statistics, prior)
  const covariances = posteriorCovariances(statistics, means, restraint, before)
  const collapsed =
    restraint.floor > 0 ? undefined : findCollapsed(statistics, covariances, restraint.variances)
  if (collapsed !== undefined) return new Breakdown(collapsed)
  return whiten(statistics, { weights, means, covariances })
}

function posteriorWeights(
  { components, counts, weight }: MixtureStatistics,
  prior?: ResolvedPrior,
): Float64Array {
  const extra = (prior?.concentration ?? 1) - 1
  return counts.map((count) => (count + extra) / (weight + components * extra))
}

function posteriorMeans(statistics: MixtureStatistics, prior?: ResolvedPrior): Float64Array {
  const { components, dimension: d, centers, counts, first } = statistics
  const means = new Float64Array(components * d)
  const kappa = prior?.shrinkage ?? 0
  for (let k = 0; k < components; k++) {
    const count = counts[k]!
    for (let a = 0, at = k * d; a < d; a++, at++) {
      const drawn = prior === undefined ? 0 : kappa * (prior.mean[a]! - centers[at]!)
      means[at] = centers[at]! + (isEmpty(count, prior) ? 0 : (first[at]! + drawn) / (count + kappa))
    }
  }
  return means
}

function posteriorCovariances(
  statistics: MixtureStatistics,
  means: Float64Array,
  { floor, prior }: Restraint,
  before?: Mixture,
): Float64Array {
  const { components, dimension: d, counts, weight, covariance } = statistics
  const covariances = new Float64Array(covarianceShape(statistics).reduce((size, length) => size * length, 1))
  const pooled = covariance === 'tied'
  const length = covariances.length / (pooled ? 1 : components)
  const extra = prior === undefined ? 0 : priorCount(statistics, prior)
  for (let k = 0; k < components; k++) {
    const target = covariances.subarray(pooled ? 0 : k * length, pooled ? length : (k + 1) * length)
    const scatter = scatterAbout(statistics, k, means, k * d)
    if (prior !== undefined) addPriorScatter(scatter, statistics, means, k, prior, !pooled || k === 0)
    if (covariance === 'spherical') {
      // Λ of a spherical prior is one number ς², held d times.
      const surplus = prior === undefined ? 0 : (d - 1) * prior.scale[0]!
      target[0] = (scatter.reduce((sum, value) => sum + value, 0) - surplus) / (counts[k]! * d + extra)
    } else
      for (let i = 0; i < length; i++)
        target[i] = target[i]! + scatter[i]! / ((pooled ? weight : counts[k]!) + extra)
    if (!pooled && isEmpty(counts[k]!, prior)) {
      target.set(before!.covariances.subarray(k * length, (k + 1) * length))
    }
  }
  if (floor > 0) raiseToFloor(covariances, statistics, floor)
  return covariances
}

/** Adds κ·(μ − μ₀)(μ − μ₀)ᵀ, and Λ where it is this component's turn. */
function addPriorScatter(
  scatter: Float64Array,
  { dimension: d, covariance }: MixtureShape,
  means: Float64Array,
  k: number,
  { shrinkage, mean, scale }: ResolvedPrior,
  withScale: boolean,
): void {
  const shift = Float64Array.from({ length: d }, (_, a) => means[k * d + a]! - mean[a]!)
  const dense = isDense(covariance)
  for (let i = 0; i < scatter.length; i++) {
    const [a, b] = dense ? [Math.floor(i / d), i % d] : [i, i]
    scatter[i] = scatter[i]! + shrinkage * shift[a]! * shift[b]! + (withScale ? scale[i]! : 0)
  }
}

function raiseToFloor(
  covariances: Float64Array,
  { dimension: d, covariance }: MixtureShape,
  floor: number,
): void {
  if (!isDense(covariance)) covariances.forEach((value, i) => (covariances[i] = Math.max(value, floor)))
  else for (let at = 0; at < covariances.length; at += d * d) floorEigenvalues(covariances, d, at, floor)
}

/** The component whose variance along a column is nothing but rounding, if there is one. */
function findCollapsed(
  shape: MixtureShape,
  covariances: Float64Array,
  variances: Float64Array,
): string | undefined {
  const { dimension: d, covariance } = shape
  const stride = { full: d + 1, tied: d + 1, diagonal: 1, spherical: 1 }[covariance]
  const perComponent = covariance === 'spherical' ? 1 : isDense(covariance) ? d * d : d
  for (let at = 0; at < covariances.length; at += perComponent) {
    for (let a = 0; a < d; a++) {
      const value = covariances[covariance === 'spherical' ? at : at + a * stride]!
      if (value > Number.EPSILON * variances[a]!) continue
      const who = covariance === 'tied' ? 'the tied covariance' : `component ${at / perComponent}`
      return `${who} collapsed: its variance along column ${a} is ${value.toPrecision(2)}`
    }
  }
  return undefined
}
