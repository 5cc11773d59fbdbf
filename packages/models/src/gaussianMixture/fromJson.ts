import { FormatError, NdArray, toArray } from '@variate/core'
import { Breakdown } from '@variate/inference'
import { mixtureFit, type GaussianMixtureFit, type MixtureJSON } from './mixtureFit.ts'
import { covarianceShape, type Covariance, type MixtureShape } from './mixture.ts'
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
  const weights = numbers(saved.weights, 'weights', [components])
  const means = numbers(saved.means, 'means', [components, dimension])
  const covariances = numbers(saved.covariances, 'covariances', covarianceShape(shape))
  const mixture = whiten(shape, { weights, means, covariances })
  if (mixture instanceof Breakdown) throw new FormatError(`${WHO}: ${mixture.site}`)
  if (!saved.record) throw new FormatError(`${WHO}: the record of the fit is missing`)
  const counts = new NdArray(numbers(saved.record.counts, 'counts', [components]), [components])
  return mixtureFit(mixture, { ...saved.record, counts })
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
