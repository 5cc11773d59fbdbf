/**
 * The order in which components are handed out: by the first coordinate of their means in which they differ.
 * A permutation of the components is the same model; one order makes fits comparable.
 *
 * @param means [K, d].
 * @returns the component that comes first, second, …
 */
export function canonicalOrder(means: Float64Array, dimension: number): number[] {
  const components = Array.from({ length: means.length / dimension }, (_, k) => k)
  return components.sort((k, other) => {
    for (let a = 0; a < dimension; a++) {
      const difference = means[k * dimension + a]! - means[other * dimension + a]!
      if (difference !== 0) return difference
    }
    return k - other
  })
}

/** Rows of an array [K, …] in another order. */
export function reorder<Data extends Float64Array | Int32Array>(rows: Data, order: readonly number[]): Data {
  const length = rows.length / order.length
  const result = rows.slice() as Data
  order.forEach((from, to) => result.set(rows.subarray(from * length, (from + 1) * length), to * length))
  return result
}
