import { DomainError, key as keyOf, NdArray, type Key } from '@variate/core'
import type { Eliminated } from './eliminate.ts'
import type { ExactPosterior } from './enumeration.ts'
import { placesIn, type Factor } from './factor.ts'
import { sizeOf, type DiscreteSite } from './variables.ts'

type Sites = ReadonlyMap<string, DiscreteSite>

/** What an elimination tells of discrete latents, by their names. */
export function discretePosterior(
  sites: Sites,
  factors: readonly Factor[],
  eliminated: Eliminated,
  cardinalities: Int32Array,
): ExactPosterior<string> {
  const marginals = marginalsOf(factors, eliminated.weights(), cardinalities)
  const probabilities = byName(sites, ({ first, lengths, cardinality }) => {
    const own = marginals.slice(first, first + sizeOf(lengths))
    return new NdArray(Float64Array.from(own.flatMap((x) => [...x])), [...lengths, cardinality])
  })
  return {
    probabilities,
    values: byName(sites, ({ values }) => values),
    mode: () => valuesOf(sites, [eliminated.mode()], []),
    sample: (count, options) => {
      if (!Number.isInteger(count) || count < 1)
        throw new DomainError(`posterior.sample: count must be a whole number ≥ 1, got ${String(count)}`)
      const key: Key = 'key' in options ? options.key : keyOf(options.seed)
      return valuesOf(sites, eliminated.sample(key, count), [count])
    },
  }
}

/** The probabilities of each variable's values: sums of those of a factor that has it. */
function marginalsOf(
  factors: readonly Factor[],
  weights: readonly Float64Array[],
  cardinalities: Int32Array,
): readonly Float64Array[] {
  const all = Array.from(cardinalities, (count) => new Float64Array(count).fill(1 / count))
  const known = new Set<number>()
  for (const [i, { variables }] of factors.entries()) {
    for (const variable of variables) {
      if (known.has(variable)) continue
      known.add(variable)
      const own = all[variable]!.fill(0)
      const places = placesIn([variable], variables, cardinalities)
      for (const [at, weight] of weights[i]!.entries()) own[places[at]!]! += weight
    }
  }
  return all
}

/** Values by name, for each of several combinations of their numbers. */
function valuesOf(
  sites: Sites,
  combinations: readonly Int32Array[],
  leading: readonly number[],
): Readonly<Record<string, NdArray>> {
  return byName(sites, ({ values, first, lengths }) => {
    const event = values.shape.slice(1)
    const [elements, size] = [sizeOf(lengths), sizeOf(event)]
    const data = new (values.data.constructor as Float64ArrayConstructor)(
      combinations.length * elements * size,
    )
    for (const [row, combination] of combinations.entries()) {
      for (let element = 0; element < elements; element++) {
        const value = combination[first + element]!
        const own = values.data.subarray(value * size, (value + 1) * size) as Float64Array
        data.set(own, (row * elements + element) * size)
      }
    }
    return new NdArray(data, [...leading, ...lengths, ...event])
  })
}

function byName<Item>(sites: Sites, f: (site: DiscreteSite) => Item): Readonly<Record<string, Item>> {
  return Object.fromEntries([...sites].map(([name, site]) => [name, f(site)]))
}
