import { NdArray } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import { placesIn, type Factor } from './factor.ts'
import type { DiscreteSite } from './variables.ts'

type Sites = ReadonlyMap<string, DiscreteSite>

/** For each latent the probabilities of its values, [...plates, values]. */
export function probabilitiesOf(
  sites: Sites,
  factors: readonly Factor[],
  weights: readonly Float64Array[],
  cardinalities: Int32Array,
): Readonly<Record<string, NdArray<Float64Array>>> {
  const marginals = marginalsOf(factors, weights, cardinalities)
  return byName(sites, ({ first, lengths, cardinality }) => {
    const own = marginals.slice(first, first + sizeOf(lengths))
    return new NdArray(Float64Array.from(own.flatMap((x) => [...x])), [...lengths, cardinality])
  })
}

/** The probabilities of each variable's values: sums of those of a factor that has it. */
function marginalsOf(
  factors: readonly Factor[],
  weights: readonly Float64Array[],
  cardinalities: Int32Array,
): readonly Float64Array[] {
  const all = Array.from(cardinalities, (count) => new Float64Array(count))
  const known = new Set<number>()
  for (const [i, { variables }] of factors.entries()) {
    for (const variable of variables) {
      if (known.has(variable)) continue
      known.add(variable)
      const places = placesIn([variable], variables, cardinalities)
      for (const [at, weight] of weights[i]!.entries()) all[variable]![places[at]!]! += weight
    }
  }
  return all
}

/** Values by name, for each of several combinations of their numbers. */
export function valuesOf(
  sites: Sites,
  rows: readonly Int32Array[],
  leading: readonly number[],
): Readonly<Record<string, NdArray>> {
  return byName(sites, ({ values, first, lengths }) => {
    const event = values.shape.slice(1)
    const [elements, size] = [sizeOf(lengths), sizeOf(event)]
    const data = new (values.data.constructor as Float64ArrayConstructor)(rows.length * elements * size)
    for (const [row, numbers] of rows.entries()) {
      for (let element = 0; element < elements; element++) {
        const value = numbers[first + element]!
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
