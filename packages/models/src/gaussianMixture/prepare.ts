import { DomainError, key, NdArray, ShapeError, type Key, type MatrixLike } from '@variate/core'
import { expectationMaximization, type Algorithm, type EmInfo, type EmState } from '@variate/inference/run'
import { observations, requireNonNegative, type Observations } from '../observations.ts'
import type { MixtureData } from './block.ts'
import { countedRows, pickRows } from './countedRows.ts'
import { constantColumns, dataMoments, isConstant } from './dataMoments.ts'
import { startFromParameters, startFromResponsibilities } from './initialParameters.ts'
import { startFromKMeans, startFromPoints, startFromSeeds, type Start } from './initialize.ts'
import { kernelFor, PASSES_OF_FIT, type Kernel } from './kernel.ts'
import type { Restraint } from './maximization.ts'
import type { Mixture, MixtureShape } from './mixture.ts'
import { mixtureModel } from './mixtureModel.ts'
import type { InitialParameters, MixtureFitOptions, MixtureInit, MixtureSpecification } from './options.ts'
import { resolvePrior } from './prior.ts'
import type { MixtureStatistics } from './statistics.ts'

export type MixtureState = EmState<Mixture, MixtureStatistics>

/** A fit that is ready to run: checked data, and EM for them. */
export interface Prepared {
  readonly data: MixtureData
  readonly shape: MixtureShape
  /** What the E-step runs on. */
  readonly kernel: Kernel
  /** What a checkpoint must agree with, by name, besides the data. */
  readonly settings: Readonly<Record<string, string>>
  /** The algorithm of a run, by its index. */
  readonly algorithmOf: (restart: number) => Algorithm<MixtureState, EmInfo>
  /** Whether every key leads to the same start. */
  readonly deterministic: boolean
}

const WHO = 'gaussianMixture.fit'

/** @throws DomainError or ShapeError for data or options that cannot be fitted. */
export function prepare(options: MixtureSpecification, x: MatrixLike, fit: MixtureFitOptions): Prepared {
  const { components, covariance, prior } = options
  const { regularization = 0, init } = fit
  requireNonNegative(WHO, 'regularization', regularization)
  const all = observations(WHO, components, x, fit.weights)
  const counted = countedRows(all.weights)
  const data = countedData(all, checkedLabels(fit.labels, all.rows, components), counted)
  const shape = { components, dimension: all.dimension, covariance }
  requireMembers(data, components)

  if (regularization === 0 && prior?.scale === undefined) refuseConstantColumns(data, shape.dimension)
  const moments = dataMoments(data, shape.dimension, covariance)
  refuseUnscaled(data, moments.variances)
  const restraint: Restraint = {
    floor: regularization,
    ...(prior === undefined ? {} : { prior: resolvePrior(prior, shape, moments) }),
  }
  const start: Start = { data, shape, restraint, center: moments.mean, rows: all.rows, counted }
  const initialize = init === undefined ? undefined : starter(start, init)
  const kernel = kernelFor(shape, data.rows, PASSES_OF_FIT)
  return {
    data,
    shape,
    kernel,
    settings: settingsOf(options, fit, initialize),
    algorithmOf(restart) {
      const varied = restart === 0 ? 'k-means' : 'k-means++'
      return expectationMaximization(
        mixtureModel([data], restraint, initialize ?? starter(start, varied), kernel),
      )
    },
    deterministic: typeof init === 'object' || (data.labels?.every((label) => label >= 0) ?? false),
  }
}

/** Observations of weight 0 are left out, so that they can do no harm either. */
function countedData(
  { x, dimension, weights }: Observations,
  labels: Int32Array | undefined,
  counted: Int32Array | undefined,
): MixtureData {
  const picked = pickRows(x, counted, dimension)
  return {
    x: picked,
    rows: picked.length / dimension,
    weights: weights && pickRows(weights, counted, 1),
    labels: labels && pickRows(labels, counted, 1),
  }
}

function settingsOf(
  { prior }: MixtureSpecification,
  { init, regularization = 0, convergence = 'logLikelihood', seed, key: given }: MixtureFitOptions,
  initialize: ((key: Key) => Mixture) | undefined,
): Record<string, string> {
  const from = given ?? key(seed ?? 0)
  const start = typeof init === 'object' ? { means: [...initialize!(from).means] } : (init ?? 'default')
  const settings = { prior: prior ?? null, regularization, convergence, key: from, init: start }
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, JSON.stringify(value)]))
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
  const given = 'responsibilities' in init && typeof init.responsibilities !== 'function'
  const means = 'means' in init && init.means !== undefined
  if (given && means) throw new DomainError(`${WHO}: init must have means or responsibilities, not both`)
  if (means) return startFromParameters(start, init)
  if (given) return startFromResponsibilities(start, init.responsibilities)
  throw new DomainError(`${WHO}: init must have means or responsibilities`)
}

function checkedLabels(
  labels: MixtureFitOptions['labels'],
  rows: number,
  components: number,
): Int32Array | undefined {
  if (labels === undefined) return undefined
  const known: ArrayLike<number | null> = labels instanceof NdArray ? labels.data : labels
  if (known.length !== rows)
    throw new ShapeError(`${WHO}: labels must have length ${rows}, got ${known.length}`)
  return Int32Array.from(known as ArrayLike<number>, (label: number | null, i) => {
    if (label === null) return -1
    if (Number.isInteger(label) && label >= 0 && label < components) return label
    throw new DomainError(`${WHO}: labels must be null or 0 … ${components - 1}, got ${label} at [${i}]`)
  })
}

/** Where every observation is known, every component has some. */
function requireMembers({ labels }: MixtureData, components: number): void {
  if (labels === undefined || labels.includes(-1)) return
  const missing = Array.from({ length: components }, (_, k) => k).find((k) => !labels.includes(k))
  if (missing !== undefined) {
    throw new DomainError(`${WHO}: labels leave component ${missing} without an observation`)
  }
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

/** Squares of numbers beyond about 1e±140 leave the range of float64, or its full precision. */
function refuseUnscaled({ x }: MixtureData, variances: Float64Array): void {
  for (const [column, variance] of variances.entries()) {
    const flat = variance < 1e-280 && !isConstant(x, variances.length, column)
    if (!(variance < 1e290))
      throw new DomainError(`${WHO}: the variance of column ${column} overflows float64: rescale it`)
    if (flat) throw new DomainError(`${WHO}: the variance of column ${column} underflows float64: rescale it`)
  }
}
