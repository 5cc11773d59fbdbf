/** A term of a log density of discrete variables: its logarithm for each combination of their values. */
export interface Factor {
  /** Each once. */
  readonly variables: readonly number[]
  /** In nats, row-major: the last variable runs fastest. */
  readonly table: Float64Array
}

/** How many combinations variables have. */
export function combinations(variables: readonly number[], cardinalities: ArrayLike<number>): number {
  return variables.reduce((product, variable) => product * cardinalities[variable]!, 1)
}

/**
 * Where in a table over some variables each combination of others is, in their order: what is in only one of them is gone
 * through, or stays.
 *
 * @param variables of the table; each is among the others.
 */
export function placesIn(
  variables: readonly number[],
  others: readonly number[],
  cardinalities: ArrayLike<number>,
): Int32Array {
  const strides = new Map<number, number>()
  let stride = 1
  for (const variable of variables.toReversed()) {
    strides.set(variable, stride)
    stride *= cardinalities[variable]!
  }
  let places = Int32Array.of(0)
  for (const variable of others) {
    const [count, step] = [cardinalities[variable]!, strides.get(variable) ?? 0]
    const next = new Int32Array(places.length * count)
    for (let i = 0, at = 0; i < places.length; i++)
      for (let value = 0; value < count; value++) next[at++] = places[i]! + value * step
    places = next
  }
  return places
}
