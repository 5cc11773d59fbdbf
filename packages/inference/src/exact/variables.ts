import type { NdArray } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import { entryOf, type Bound, type RandomSite } from '@variate/language/internal'
import { supportsOf } from '@variate/language/internal'

/** A latent, whose elements are variables. */
export interface LatentSite {
  readonly site: RandomSite
  /** The number of its first element's variable; the others follow, the last plate fastest. */
  readonly first: number
  /** The lengths of its plates. */
  readonly lengths: readonly number[]
}

export interface DiscreteSite extends LatentSite {
  /** The values that each element may have, [count, ...event]. */
  readonly values: NdArray
  readonly cardinality: number
}

/** A latent of real numbers, of which each element has so many. */
export interface ContinuousSite extends LatentSite {
  readonly event: readonly number[]
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

/** All other latents that are not given, numbered for themselves. */
export function continuousOf(
  bound: Bound,
  discrete: ReadonlyMap<string, DiscreteSite>,
): ReadonlyMap<string, ContinuousSite> {
  let first = 0
  const all = new Map<string, ContinuousSite>()
  for (const site of bound.program.declarations) {
    if (site.kind !== 'latent' || discrete.has(site.name) || entryOf(bound.values, site.name)) continue
    const lengths = site.plates.map((plate) => bound.sizes.get(plate)!)
    all.set(site.name, { site, lengths, first, event: bound.specs[site.name]!.shape.slice(lengths.length) })
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
