import { exp, log } from './fdlibm.ts'

/**
 * The layers of a decreasing density on x ≥ 0 that is 1 at 0, all of one area (Marsaglia & Tsang 2000, “The ziggurat
 * method for generating random variables”, Journal of Statistical Software 5 (8)): layer i reaches from 0 to radius i
 * and, within the curve wholly, to radius i + 1; layer 0 is the lowest, with the tail.
 */
export interface Ziggurat {
  readonly radii: Float64Array
  /** The density at the radii: layer i lies between heights i and i + 1. */
  readonly heights: Float64Array
}

const LAYERS = 256

/** Where the tails begin. */
export const NORMAL_TAIL = 3.654152885361009
export const EXPONENTIAL_TAIL = 7.69711747013105

export const NORMAL: Ziggurat = /* @__PURE__ */ ziggurat(
  NORMAL_TAIL,
  0.004928673233974652,
  (x) => exp((-x * x) / 2),
  (height) => Math.sqrt(-2 * log(height)),
)

export const EXPONENTIAL: Ziggurat = /* @__PURE__ */ ziggurat(
  EXPONENTIAL_TAIL,
  0.003949659822581557,
  (x) => exp(-x),
  (height) => -log(height),
)

/**
 * @param tail where the tail begins.
 * @param area of each layer: the two fit each other.
 */
function ziggurat(
  tail: number,
  area: number,
  density: (x: number) => number,
  inverse: (height: number) => number,
): Ziggurat {
  const radii = new Float64Array(LAYERS + 1)
  radii[0] = area / density(tail)
  radii[1] = tail
  for (let i = 1; i < LAYERS - 1; i++) radii[i + 1] = inverse(density(radii[i]!) + area / radii[i]!)
  return { radii, heights: radii.map(density) }
}
