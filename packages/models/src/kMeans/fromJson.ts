import { FormatError, NdArray, toVector } from '@variate/core'
import { savedKMeans, type KMeansJSON, type SavedKMeans } from './kMeansFit.ts'

const WHO = 'kMeans.fromJSON'

/** @throws FormatError unless `json` is what `toJSON` of a fit with as many clusters gave. */
export function kMeansFromJSON(clusters: number, json: unknown): SavedKMeans {
  const saved = json as Partial<KMeansJSON> | null
  if (typeof saved !== 'object' || saved?.format !== 'variate kMeans') {
    throw new FormatError(`${WHO}: expected what toJSON of a fit gave`)
  }
  if (saved.version !== 1) {
    throw new FormatError(`${WHO}: version ${saved.version} is not 1, which this release reads`)
  }
  if (saved.clusters !== clusters) {
    throw new FormatError(`${WHO}: the fit has ${saved.clusters} clusters, the model ${clusters}`)
  }
  const dimension = saved.dimension
  if (dimension === undefined || !Number.isInteger(dimension) || dimension < 1) {
    throw new FormatError(`${WHO}: dimension must be a whole number ≥ 1, got ${String(dimension)}`)
  }
  const centers = numbers(saved.centers, 'centers', clusters * dimension)
  if (!saved.record) throw new FormatError(`${WHO}: the record of the fit is missing`)
  const counts = new NdArray(numbers(saved.record.counts, 'counts', clusters), [clusters])
  return savedKMeans(centers, dimension, { ...saved.record, counts })
}

function numbers(values: readonly number[] | undefined, name: string, length: number): Float64Array {
  if (!Array.isArray(values)) throw new FormatError(`${WHO}: ${name} are missing`)
  try {
    return toVector(values, length, name)
  } catch (cause) {
    throw new FormatError(`${WHO}: ${(cause as Error).message}`, { cause })
  }
}
