import { FormatError, NdArray, toArray } from '@variate/core'
import { Breakdown } from '@variate/inference/run'
import { mixtureFit, type GaussianMixtureFit, type MixtureJSON } from './mixtureFit.ts'
import { covarianceShape, isDense, type Covariance, type MixtureShape } from './mixture.ts'
import { whiten } from './whiten.ts'

const WHO = 'gaussianMixture.fromJSON'

/** @throws FormatError unless `json` is what `toJSON` of a fit of this model gave. */
export function mixtureFromJSON(
  model: { components: number; covariance: Covariance },
  json: unknown,
): GaussianMixtureFit {
  const saved = json as Partial<MixtureJSON> | null
  if (typeof saved !== 'object' || saved?.format !== 'variate gaussianMixture') {
    throw new FormatError(`${WHO}: expected what toJSON of a fit gave`)
  }
  if (saved.version !== 1)
    throw new FormatError(`${WHO}: version ${saved.version} is not 1, which this release reads`)
  if (saved.components !== model.components || saved.covariance !== model.covariance) {
    throw new FormatError(
      `${WHO}: the fit has ${saved.components} components and ${saved.covariance} covariance, ` +
        `the model ${model.components} and ${model.covariance}`,
    )
  }
  const shape: MixtureShape = { ...model, dimension: saved.dimension ?? 0 }
  const { components, dimension } = shape
  if (!Number.isInteger(dimension) || dimension < 1)
    throw new FormatError(`${WHO}: dimension is ${String(saved.dimension)}`)
  const weights = numbers(saved.weights, 'weights', [components])
  const means = numbers(saved.means, 'means', [components, dimension])
  const covariances = numbers(saved.covariances, 'covariances', covarianceShape(shape))
  requireSimplex(weights)
  requireSymmetric(covariances, shape)
  const mixture = whiten(shape, { weights, means, covariances })
  if (mixture instanceof Breakdown) throw new FormatError(`${WHO}: ${mixture.site}`)
  requireRecord(saved.record)
  const counts = new NdArray(numbers(saved.record.counts, 'counts', [components]), [components])
  return mixtureFit(mixture, { ...saved.record, counts })
}

function requireSimplex(weights: Float64Array): void {
  const sum = weights.reduce((total, weight) => total + weight, 0)
  if (weights.some((weight) => weight < 0) || Math.abs(sum - 1) > 1e-9) {
    throw new FormatError(`${WHO}: weights must be ≥ 0 and sum to 1, got [${weights}]`)
  }
}

function requireSymmetric(covariances: Float64Array, { dimension: d, covariance }: MixtureShape): void {
  if (!isDense(covariance)) return
  for (let at = 0; at < covariances.length; at += d * d) {
    for (let i = 0; i < d * d; i++) {
      if (covariances[at + i] === covariances[at + (i % d) * d + Math.floor(i / d)]) continue
      throw new FormatError(`${WHO}: covariances must be symmetric`)
    }
  }
}

const RECORD_NUMBERS = [
  'logLikelihood',
  'logPrior',
  'observations',
  'parameterCount',
  'bic',
  'aic',
  'icl',
  'iterations',
] as const

function requireRecord(record: MixtureJSON['record'] | undefined): asserts record is MixtureJSON['record'] {
  if (typeof record !== 'object' || record === null)
    throw new FormatError(`${WHO}: the record of the fit is missing`)
  const bad = RECORD_NUMBERS.find((name) => !Number.isFinite(record[name]))
  if (bad !== undefined)
    throw new FormatError(`${WHO}: record.${bad} must be a number, got ${String(record[bad])}`)
  if (
    !Array.isArray(record.history) ||
    !Array.isArray(record.restarts) ||
    typeof record.termination?.kind !== 'string'
  ) {
    throw new FormatError(`${WHO}: the record of the fit lacks its history, restarts or termination`)
  }
}

function numbers(
  values: readonly number[] | undefined,
  name: string,
  shape: readonly number[],
): Float64Array {
  if (!Array.isArray(values)) throw new FormatError(`${WHO}: ${name} are missing`)
  const size = shape.reduce((product, length) => product * length, 1)
  try {
    return toArray(values, [size], name)
  } catch (cause) {
    throw new FormatError(`${WHO}: ${(cause as Error).message}`, { cause })
  }
}
