import { Breakdown } from '@variate/inference/run'
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
}

/** What a standard deviation must exceed, relative to the mean. */
const COORDINATE_ROUNDING = 16 * Number.EPSILON

/** A component with less than this share of the observations has no moments to speak of. */
const NEGLIGIBLE = 1e-100

function isEmpty(
  { counts, weight }: MixtureStatistics,
  k: number,
  prior: ResolvedPrior | undefined,
): boolean {
  return prior === undefined && counts[k]! <= NEGLIGIBLE * weight
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
  const empty = statistics.counts.findIndex((_, k) => isEmpty(statistics, k, prior))
  if (empty >= 0 && before === undefined)
    return new Breakdown(`component ${empty}: no observation belongs to it`)
  const weights = posteriorWeights(statistics, prior)
  const means = posteriorMeans(statistics, prior)
  const covariances = posteriorCovariances(statistics, means, restraint, before)
  const restrained = restraint.floor > 0 || prior !== undefined
  const collapsed = restrained ? undefined : findCollapsed(statistics, covariances, means)
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
      means[at] = centers[at]! + (isEmpty(statistics, k, prior) ? 0 : (first[at]! + drawn) / (count + kappa))
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
    if (!pooled && isEmpty(statistics, k, prior)) {
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

/** The component whose variance along a column is nothing but the rounding of coordinates, if there is one. */
function findCollapsed(
  { components, dimension: d, covariance }: MixtureShape,
  covariances: Float64Array,
  means: Float64Array,
): string | undefined {
  const shared = covariance === 'tied'
  for (let k = 0; k < components; k++) {
    for (let a = 0; a < d; a++) {
      const diagonal = { full: (k * d + a) * d + a, tied: a * d + a, diagonal: k * d + a, spherical: k }[
        covariance
      ]
      const variance = covariances[diagonal]!
      if (variance > (COORDINATE_ROUNDING * means[k * d + a]!) ** 2) continue
      const who = shared ? 'the tied covariance' : `component ${k}`
      return `${who} collapsed: its variance along column ${a} is ${variance.toPrecision(2)}`
    }
  }
  return undefined
}
