import { DomainError, type NdArray } from '@variate/core'
import { shown } from '@variate/core/internal'
import { quantileBetween, sortedBy } from './quantiles.ts'

/** A number that says something of data: those of a site as an array, or what is there of them as a vector. */
export type Statistic = (data: NdArray) => number

function mean({ data }: NdArray): number {
  return sumOf(data) / data.length
}

function sd(x: NdArray): number {
  const center = mean(x)
  return Math.sqrt(sumOf(Float64Array.from(x.data, (value) => (value - center) ** 2)) / (x.size - 1))
}

function min({ data }: NdArray): number {
  return Float64Array.from(data).reduce((a, b) => Math.min(a, b), Infinity)
}

function max({ data }: NdArray): number {
  return Float64Array.from(data).reduce((a, b) => Math.max(a, b), -Infinity)
}

/**
 * The quantile of all numbers of data, between those around it: a statistic for `posteriorPredictiveCheck`.
 *
 * @param probability from 0 to 1.
 * @throws DomainError for a probability out of range.
 *
 * @example
 * ```ts
 * import { ndarray } from '@variate/core'
 * import { quantile } from '@variate/inference'
 *
 * quantile(0.9)(ndarray(Float64Array.of(1, 2, 3))) // => 2.8
 * ```
 */
export function quantile(probability: number): Statistic {
  if (!(probability >= 0 && probability <= 1))
    throw new DomainError(`quantile: the probability must be from 0 to 1, got ${shown(probability)}`)
  return ({ data }) => {
    const weights = new Float64Array(data.length).fill(1 / data.length)
    return quantileBetween(sortedBy(Float64Array.from(data), weights), probability)
  }
}

/** What is compared where nothing else is asked for: of one number, only that. */
export const plainStatistics: Readonly<Record<string, Statistic>> = {
  mean,
  sd,
  min,
  median: quantile(0.5),
  max,
}

function sumOf(data: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < data.length; i++) sum += data[i]!
  return sum
}
