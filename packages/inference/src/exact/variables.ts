import type { NdArray } from '@variate/core'
import type { Bound, RandomSite } from '@variate/language/internal'
import { supportsOf } from './supports.ts'

/** A discrete latent, whose elements are variables. */
export interface DiscreteSite {
  readonly site: RandomSite
  /** The values that each element may have, [count, ...event]. */
  readonly values: NdArray
  readonly cardinality: number
  /** The number of its first element's variable; the others follow, the last plate fastest. */
  readonly first: number
  /** The lengths of its plates. */
  readonly lengths: readonly number[]
}

/** All discrete latents, by name, in the order of their declaration. */
export function variablesOf(bound: Bound): ReadonlyMap<string, DiscreteSite> {
  let first = 0
  const all = new Map<string, DiscreteSite>()
  for (const [site, values] of supportsOf(bound)) {
    const lengths = site.plates.map((plate) => bound.sizes.get(plate)!)
    all.set(site.name, { site, values, cardinality: values.shape[0]!, first, lengths })
    first += sizeOf(lengths)
  }
  return all
}

/** How many values each variable has. */
export function cardinalitiesOf(sites: ReadonlyMap<string, DiscreteSite>): Int32Array {
  return Int32Array.from(
    [...sites.values()].flatMap(({ lengths, cardinality }) =>
      Array<number>(sizeOf(lengths)).fill(cardinality),
    ),
  )
}

export function sizeOf(lengths: readonly number[]): number {
  return lengths.reduce((a, b) => a * b, 1)
}
