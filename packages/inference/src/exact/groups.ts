import { sizeOf } from '@variate/core/internal'
import type { Component } from './components.ts'
import { combinations } from './factor.ts'
import { offsetsOf } from './quadratic.ts'
import type { ContinuousSite } from './variables.ts'

/** Components whose combinations of discrete variables go along together. */
export interface Group {
  readonly components: readonly Component[]
  /** How many combinations each has, and the most. */
  readonly counts: readonly number[]
  readonly rows: number
  /** Where the numbers of each are in the vector of all of some continuous latents. */
  readonly places: readonly (readonly number[])[]
}

/**
 * Components in groups of which no two have a discrete variable in common.
 *
 * @param continuous the latents whose numbers are told: others have no places.
 */
export function groupsOf(
  components: readonly Component[],
  continuous: ReadonlyMap<string, ContinuousSite>,
  cardinalities: Int32Array,
): readonly Group[] {
  const placesOf = placesIn(continuous)
  return apart(components).map((group) => {
    const counts = group.map((component) => combinations(component.discrete, cardinalities))
    return {
      components: group,
      counts,
      rows: counts.reduce((a, b) => Math.max(a, b), 1),
      places: group.map(({ continuous: own }) => own.flatMap((variable) => placesOf.get(variable) ?? [])),
    }
  })
}

/** Components in groups of which no two have a discrete variable in common: their combinations go along together. */
function apart(components: readonly Component[]): readonly (readonly Component[])[] {
  const groups: { readonly taken: Set<number>; readonly components: Component[] }[] = []
  for (const component of components) {
    const { discrete } = component
    let group = groups.find(({ taken }) => discrete.every((variable) => !taken.has(variable)))
    if (!group) groups.push((group = { taken: new Set(), components: [] }))
    for (const variable of discrete) group.taken.add(variable)
    group.components.push(component)
  }
  return groups.map((group) => group.components)
}

/** For each continuous variable the places of its numbers in the vector of all. */
function placesIn(continuous: ReadonlyMap<string, ContinuousSite>): ReadonlyMap<number, readonly number[]> {
  const offsets = offsetsOf(continuous)
  return new Map(
    [...continuous].flatMap(([name, { first, lengths, event }]) => {
      const own = sizeOf(event)
      const { from } = offsets.get(name)!
      return Array.from({ length: sizeOf(lengths) }, (_, element): [number, readonly number[]] => [
        first + element,
        Array.from({ length: own }, (__, i) => from + element * own + i),
      ])
    }),
  )
}

/** The numbers of the discrete variables' values in some rows: each component goes through its combinations, again and again. */
export function rowsFrom(
  { components, counts }: Group,
  cardinalities: Int32Array,
  from: number,
  count: number,
): readonly Int32Array[] {
  return Array.from({ length: count }, (_, at) => {
    const own = new Int32Array(cardinalities.length)
    for (const [i, component] of components.entries()) {
      let rest = (from + at) % counts[i]!
      for (const variable of component.discrete.toReversed()) {
        own[variable] = rest % cardinalities[variable]!
        rest = Math.floor(rest / cardinalities[variable]!)
      }
    }
    return own
  })
}
