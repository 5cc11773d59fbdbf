/** Values in rising order, with the weight of each. */
export interface Sorted {
  readonly values: Float64Array
  readonly weights: Float64Array
}

export function sortedBy(values: Float64Array, weights: Float64Array): Sorted {
  const order = Uint32Array.from(values.keys()).sort((i, j) => values[i]! - values[j]!)
  return {
    values: Float64Array.from(order, (i) => values[i]!),
    weights: Float64Array.from(order, (i) => weights[i]!),
  }
}

/**
 * The quantile between the values around it, as NumPy and R have it by default (type 7 of Hyndman and Fan): a value stands in the
 * middle of its weight, the first at 0 and the last at 1.
 */
export function quantileBetween({ values, weights }: Sorted, p: number): number {
  const places = placesOf(weights)
  const at = places.findIndex((place) => place >= p)
  if (at < 0) return values.at(-1)!
  if (at === 0 || places[at] === p) return values[at]!
  const share = (p - places[at - 1]!) / (places[at]! - places[at - 1]!)
  return values[at - 1]! + share * (values[at]! - values[at - 1]!)
}

/** The least of the values with at least this probability of it or less. */
export function quantileAmong({ values, weights }: Sorted, p: number): number {
  let sum = 0
  // Sums of weights that make 1 are off by rounding.
  const at = weights.findIndex((w) => (sum += w) >= p * (1 - 1e-12) && w > 0)
  return at < 0 ? values.at(-1)! : values[at]!
}

function placesOf(weights: Float64Array): Float64Array {
  let sum = 0
  const middles = weights.map((w) => (sum += w) - w / 2)
  const [first, last] = [middles[0]!, middles.at(-1)!]
  return middles.map((x) => (last > first ? (x - first) / (last - first) : 0))
}
