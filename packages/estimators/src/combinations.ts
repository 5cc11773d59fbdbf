import type { Tensor } from '@tensorflow/tfjs-core'
import { sizeOf } from '@variate/core/internal'
import { broadcastTo, constant, reshape } from '@variate/core/ops'
import type { Factor } from './problem.ts'

/** A discrete factor that is summed over: along some plates all its elements take all values, along others all have the same. */
export interface Summed {
  readonly factor: Factor
  /** The plates along which elements have values of their own. */
  readonly whole: readonly string[]
}

/** How many combinations of values there are. */
export function countOf(summed: readonly Summed[], sizes: ReadonlyMap<string, number>): number {
  return summed.reduce(
    (count, { factor, whole }) =>
      count * factor.support!.shape[0]! ** sizeOf(whole.map((plate) => sizes.get(plate)!)),
    1,
  )
}

/**
 * Every combination of values: for each factor, by the name of its latent, [count, ...plates, ...event], of length 1 along plates
 * whose elements have the same.
 */
export function combinationsOf(
  summed: readonly Summed[],
  sizes: ReadonlyMap<string, number>,
): Readonly<Record<string, Tensor>> {
  const count = countOf(summed, sizes)
  let stride = 1
  return Object.fromEntries(
    summed.map(({ factor, whole }) => {
      const { data, shape } = factor.support!
      const [values, ...event] = shape as readonly [number, ...number[]]
      const lengths = factor.plates.map((plate) => (whole.includes(plate) ? sizes.get(plate)! : 1))
      const [elements, size] = [sizeOf(lengths), sizeOf(event)]
      const all = new Float64Array(count * elements * size)
      for (let element = 0; element < elements; element++, stride *= values)
        for (let at = 0; at < count; at++) {
          const value = Math.floor(at / stride) % values
          all.set(data.subarray(value * size, (value + 1) * size), (at * elements + element) * size)
        }
      const dtype = data instanceof Int32Array ? 'int32' : undefined
      return [factor.sites[0]!, reshape(constant(all, dtype as never), [count, ...lengths, ...event])]
    }),
  )
}

/** One combination for all elements of the plates. */
export function everywhere(
  { factor: { plates } }: Summed,
  x: Tensor,
  sizes: ReadonlyMap<string, number>,
): Tensor {
  return broadcastTo(x, [...plates.map((plate) => sizes.get(plate)!), ...x.shape.slice(plates.length)])
}
