import type { Tensor } from '@tensorflow/tfjs-core'
import { batch, compile } from '@variate/compile'
import { DomainError, foldIn, NdArray } from '@variate/core'
import { shown } from '@variate/core/internal'
import { draws } from '@variate/language/internal'
import type { Start } from '../start.ts'
import { checkFinite, givenOf, placesOf, type Places } from './places.ts'

export interface MedianOptions {
  /** Of how many draws from the prior; 15, if not given. */
  readonly samples?: number
}

/**
 * The median of draws from the prior, number by number, in numbers without bounds. Heavy tails do not matter to it, nor do the units
 * that latents are in.
 *
 * @throws DomainError for a number of draws below 1.
 *
 * @example
 * ```ts
 * import { fullRank, initTo } from '@variate/families'
 *
 * fullRank({ init: initTo.median({ samples: 101 }) }).name // => 'fullRank'
 * initTo.median({ samples: 0 }) // => throws 'samples must be a whole number ≥ 1'
 * ```
 */
export function median({ samples = 15 }: MedianOptions = {}): Start {
  if (!(Number.isInteger(samples) && samples >= 1))
    throw new DomainError(`initTo.median: samples must be a whole number ≥ 1, got ${shown(samples)}`)
  return (model, sites, key) => {
    const { program, sizes } = model
    const run = compile(
      (own: Tensor, given: Readonly<Record<string, Tensor>>) =>
        batch(() => placesOf(sites, draws(program, sizes, own, given)), { size: samples })(),
      { precision: 'float64' },
    )
    const words = Int32Array.from(foldIn(key, 1), (word) => word | 0)
    const all = run(words as never, givenOf(model, foldIn(key, 0)) as never) as unknown as Places
    const medians = Object.entries(all).map(([name, x]) => [name, medianOf(x, samples)] as const)
    return checkFinite(sites, Object.fromEntries(medians), 'initTo.median')
  }
}

/** The median along the first axis. */
function medianOf({ data, shape }: NdArray<Float64Array>, rows: number): NdArray<Float64Array> {
  const size = data.length / rows
  const own = Float64Array.from({ length: size }, (_, i) => {
    const sorted = Float64Array.from({ length: rows }, (_, row) => data[row * size + i]!).sort()
    const middle = Math.floor(rows / 2)
    return rows % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
  })
  return new NdArray(own, shape.slice(1))
}
