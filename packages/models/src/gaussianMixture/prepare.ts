import { DomainError, ShapeError, type Key, type MatrixLike } from '@variate/core'
import { expectationMaximization, type Algorithm, type EmInfo, type EmState } from '@variate/inference'
import { observations, requireNonNegative } from '../observations.ts'
import type { MixtureData } from './block.ts'
import { constantColumns, dataMoments } from './dataMoments.ts'
import { startFromParameters, startFromResponsibilities } from './initialParameters.ts'
import { startFromKMeans, startFromPoints, startFromSeeds, type Start } from './initialize.ts'
import type { Restraint } from './maximization.ts'
import type { Mixture, MixtureShape } from './mixture.ts'
import { mixtureModel } from './mixtureModel.ts'
import type { GaussianMixtureOptions, InitialParameters, MixtureFitOptions, MixtureInit } from './options.ts'
import { resolvePrior } from './prior.ts'
import type { MixtureStatistics } from './statistics.ts'

export type MixtureState = EmState<Mixture, MixtureStatistics>

/** A fit that is ready to run: checked data, and EM for them. */
export interface Prepared {
  readonly data: MixtureData
  readonly shape: MixtureShape
  /** The algorithm of a run, by its index. */
  readonly algorithmOf: (restart: number) => Algorithm<MixtureState, EmInfo>
  /** Whether every key leads to the same start. */
  readonly deterministic: boolean
}

const WHO = 'gaussianMixture.fit'

/** @throws DomainError or ShapeError for data or options that cannot be fitted. */
export function prepare(
  options: Required<Pick<GaussianMixtureOptions, 'components' | 'covariance'>> & GaussianMixtureOptions,
  x: MatrixLike,
  fit: MixtureFitOptions,
): Prepared {
  const { components, covariance, prior } = options
  const { regularization = 0, init } = fit
  requireNonNegative(WHO, 'regularization', regularization)
  const { dimension, ...checked } = observations(WHO, components, x, fit.weights)
  const shape = { components, dimension, covariance }
  const data = { ...checked, labels: checkedLabels(fit.labels, checked.rows, components) }

  if (regularization === 0 && prior?.scale === undefined) refuseConstantColumns(data, dimension)
  const moments = dataMoments(data, dimension, covariance)
  refuseOverflow(moments.variances)
  const restraint: Restraint = {
    floor: regularization,
    variances: moments.variances,
    ...(prior === undefined ? {} : { prior: resolvePrior(prior, shape, moments) }),
  }
  const start: Start = { data, shape, restraint, center: moments.mean }
  const initialize = init === undefined ? undefined : starter(start, init)
  return {
    data,
    shape,
    algorithmOf(restart) {
      const varied = restart === 0 ? 'k-means' : 'k-means++'
      return expectationMaximization(mixtureModel([data], restraint, initialize ?? starter(start, varied)))
    },
    deterministic: typeof init === 'object' || (data.labels?.every((label) => label >= 0) ?? false),
  }
}

function starter(start: Start, init: MixtureInit): (key: Key) => Mixture {
  if (init === 'k-means') return (key) => startFromKMeans(start, key)
  if (init === 'k-means++') return (key) => startFromSeeds(start, key)
  if (init === 'random') return (key) => startFromPoints(start, key)
  if (typeof init !== 'object' || init === null) {
    throw new DomainError(
      `${WHO}: init must be 'k-means', 'k-means++', 'random' or an object, got ${String(init)}`,
    )
  }
  const mixture = startGiven(start, init)
  return () => mixture
}

/** A fitted mixture has means as well as responsibilities, these being a method. */
function startGiven(start: Start, init: InitialParameters | { responsibilities: MatrixLike }): Mixture {
  if ('means' in init && init.means !== undefined) return startFromParameters(start, init)
  if ('responsibilities' in init) return startFromResponsibilities(start, init.responsibilities)
  throw new DomainError(`${WHO}: init must have means or responsibilities`)
}

function checkedLabels(
  labels: MixtureFitOptions['labels'],
  rows: number,
  components: number,
): Int32Array | undefined {
  if (labels === undefined) return undefined
  if (labels.length !== rows)
    throw new ShapeError(`${WHO}: labels must have length ${rows}, got ${labels.length}`)
  const checked = Int32Array.from(labels, (label, i) => {
    if (label === null) return -1
    if (Number.isInteger(label) && label >= 0 && label < components) return label
    throw new DomainError(`${WHO}: labels must be null or 0 … ${components - 1}, got ${label} at [${i}]`)
  })
  const missing = Array.from({ length: components }, (_, k) => k).find((k) => !checked.includes(k))
  if (missing !== undefined && !checked.includes(-1)) {
    throw new DomainError(`${WHO}: labels leave component ${missing} without an observation`)
  }
  return checked
}

function refuseConstantColumns(data: MixtureData, dimension: number): void {
  const constant = constantColumns(data, dimension)
  if (constant.length === 0) return
  const what =
    constant.length === dimension
      ? 'all observations are equal, so that no covariance is positive definite'
      : `column ${constant[0]} is constant, so that no covariance is positive definite`
  throw new DomainError(
    `${WHO}: ${what}: ${constant.length === dimension ? '' : 'leave it out, or '}give a regularization > 0 or a prior with a scale`,
  )
}

function refuseOverflow(variances: Float64Array): void {
  const column = variances.findIndex((variance) => !Number.isFinite(variance))
  if (column >= 0)
    throw new DomainError(`${WHO}: the variance of column ${column} overflows float64: rescale it`)
}
