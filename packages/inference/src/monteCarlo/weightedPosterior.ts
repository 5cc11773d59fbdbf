import { NdArray, random, type Key } from '@variate/core'
import type { LatentNames, Randomness } from '@variate/language'
import { checkWhole } from './checks.ts'
import { keyFrom } from '../keyFrom.ts'
import { normalized } from './weights.ts'

/** A posterior as weighted draws. */
export interface WeightedPosterior<Types> {
  /** For each latent what it is in each particle, along a first axis. */
  readonly draws: Readonly<Record<LatentNames<Types>, NdArray>>
  /** The weights of the particles, which sum to 1. */
  readonly weights: Float64Array
  /** The weighted mean of each latent, number by number. */
  readonly mean: Readonly<Record<LatentNames<Types>, NdArray<Float64Array>>>
  readonly variance: Readonly<Record<LatentNames<Types>, NdArray<Float64Array>>>
  /** Joint draws with equal weights, along a first axis: particles as often as their weights say, in random order. */
  sample(count: number, options: Randomness): Promise<Readonly<Record<LatentNames<Types>, NdArray>>>
}

type Arrays = Readonly<Record<string, NdArray>>

export function weightedPosterior(
  draws: Arrays,
  logWeights: Float64Array,
  who: string,
): WeightedPosterior<never> {
  const weights = normalized(logWeights)
  const mean = mapped(draws, (x) => weightedMean(x, weights))
  const deviations = mapped(draws, (x, name) => squaredDeviations(x, mean[name]!))
  const posterior: WeightedPosterior<Record<string, never>> = {
    draws,
    weights,
    mean,
    variance: mapped(deviations, (x) => weightedMean(x, weights)),
    sample: async (count, options) => {
      checkWhole(`${who}: posterior.sample`, 'count', count, 1)
      const rows = resampled(weights, count, keyFrom(`${who}: posterior.sample`, options))
      return mapped(draws, (x) => rowsAt(x, rows))
    },
  }
  return posterior as unknown as WeightedPosterior<never>
}

/** Independent draws of numbers of particles, each with the probability of its weight. */
function resampled(weights: Float64Array, count: number, key: Key): Int32Array {
  let sum = 0
  const cumulative = weights.map((w) => (sum += w))
  const uniform = random.uniform(key, [count], { dtype: 'float64' }).data
  return Int32Array.from(uniform, (u) => {
    let [low, high] = [0, cumulative.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if (cumulative[middle]! > u * sum) high = middle
      else low = middle + 1
    }
    return low
  })
}

export function weightedMean({ data, shape }: NdArray, weights: Float64Array): NdArray<Float64Array> {
  const size = data.length / weights.length
  const mean = new Float64Array(size)
  for (const [row, weight] of weights.entries()) {
    if (weight === 0) continue
    for (let i = 0; i < size; i++) mean[i]! += weight * data[row * size + i]!
  }
  return new NdArray(mean, shape.slice(1))
}

export function squaredDeviations(
  { data, shape }: NdArray,
  mean: NdArray<Float64Array>,
): NdArray<Float64Array> {
  const size = mean.data.length
  return new NdArray(
    Float64Array.from(data, (x, i) => (x - mean.data[i % size]!) ** 2),
    shape,
  )
}

function rowsAt({ data, shape }: NdArray, rows: Int32Array): NdArray {
  const size = data.length / shape[0]!
  const own = new (data.constructor as Float64ArrayConstructor)(rows.length * size)
  for (const [to, from] of rows.entries())
    own.set((data as Float64Array).subarray(from * size, (from + 1) * size), to * size)
  return new NdArray(own, [rows.length, ...shape.slice(1)])
}

export function mapped<Of extends NdArray>(
  arrays: Arrays,
  f: (x: NdArray, name: string) => Of,
): Readonly<Record<string, Of>> {
  return Object.fromEntries(Object.entries(arrays).map(([name, x]) => [name, f(x, name)]))
}
