/** Where the tail begins, and the area of each of 256 layers: they fit each other (Marsaglia and Tsang 2000). */
export const TAIL = 3.654152885361009
const AREA = 0.004928673233974652

/**
 * The ziggurat of the standard normal (Marsaglia & Tsang 2000, “The ziggurat method for generating random
 * variables”, Journal of Statistical Software 5 (8)): layer i reaches from 0 to RADII[i] and, within the curve
 * wholly, to RADII[i + 1]; layer 0 is the lowest, with the tail.
 */
export const RADII: Float64Array = radii()

/** exp(−x²/2) at the radii: layer i lies between HEIGHTS[i] and HEIGHTS[i + 1]. */
export const HEIGHTS: Float64Array = RADII.map((x) => Math.exp((-x * x) / 2))

function radii(): Float64Array {
  const x = new Float64Array(257)
  x[0] = AREA / Math.exp((-TAIL * TAIL) / 2)
  x[1] = TAIL
  for (let i = 1; i < 255; i++) {
    x[i + 1] = Math.sqrt(-2 * Math.log(Math.exp((-x[i]! * x[i]!) / 2) + AREA / x[i]!))
  }
  return x
}
