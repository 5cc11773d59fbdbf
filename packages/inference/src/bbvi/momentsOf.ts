import { NdArray } from '@variate/core'

type Arrays = Readonly<Record<string, NdArray>>
type Moments = Readonly<Record<string, NdArray<Float64Array>>>

/** Means and variances of draws, number by number. */
export function momentsOf(draws: Arrays): { readonly mean: Moments; readonly variance: Moments } {
  const mean: Record<string, NdArray<Float64Array>> = {}
  const variance: Record<string, NdArray<Float64Array>> = {}
  for (const [name, { data, shape }] of Object.entries(draws)) {
    const [count, ...own] = shape as readonly [number, ...number[]]
    const size = data.length / count
    const center = new Float64Array(size)
    const spread = new Float64Array(size)
    for (const [i, x] of data.entries()) center[i % size]! += x / count
    for (const [i, x] of data.entries()) spread[i % size]! += (x - center[i % size]!) ** 2 / (count - 1)
    mean[name] = new NdArray(center, own)
    variance[name] = new NdArray(spread, own)
  }
  return { mean, variance }
}
