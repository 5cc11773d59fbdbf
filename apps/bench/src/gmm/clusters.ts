import { key, ndarray, random, split, type NdArray } from '@variate/core'
import type { MixtureStart } from '../peer/peer.ts'

/** Data with a known source, and where fits of them begin. */
export interface Clusters {
  /** [n, d]. */
  readonly x: NdArray<Float64Array>
  /** The clusters' centres, each moved by about one deviation; equal weights and unit precisions. */
  readonly start: MixtureStart
}

/** How far apart two centres are on average (root mean square), in units of a cluster's typical deviation. */
const SEPARATION = 3.5

/**
 * Observations of K Gaussian clusters that overlap moderately, equally probable: centres ~ N(0, s²) with s such
 * that two of them are 3.5 apart in any dimension, and x = centre + A·z with a lower-triangular A for each
 * cluster, of diagonal ~ U(0.6, 1.2) and other elements ~ N(0, 1/4d). The same numbers on every machine.
 */
export function clusters(rows: number, dimension: number, components: number): Clusters {
  const [ofCenters, ofDiagonals, ofSkews, ofLabels, ofPoints, ofMoves] = split(key(0), 6)
  const scale = SEPARATION / Math.sqrt(2 * dimension)
  const centers = float64(random.normal, ofCenters, [components, dimension]).map((value) => value * scale)
  const diagonals = float64(random.uniform, ofDiagonals, [components, dimension])
  const skews = float64(random.normal, ofSkews, [components, dimension, dimension])
  const labels = random.uniform(ofLabels, [rows]).data
  const x = float64(random.normal, ofPoints, [rows, dimension])

  const d = dimension
  for (let i = 0; i < rows; i++) {
    const k = Math.floor(labels[i]! * components)
    // From the last axis to the first: each needs the z of the axes before it, which are still there.
    for (let a = d - 1; a >= 0; a--) {
      let sum = (0.6 + 0.6 * diagonals[k * d + a]!) * x[i * d + a]!
      for (let b = 0; b < a; b++) sum += (skews[(k * d + a) * d + b]! * 0.5 * x[i * d + b]!) / Math.sqrt(d)
      x[i * d + a] = sum + centers[k * d + a]!
    }
  }
  const moves = float64(random.normal, ofMoves, [components, dimension])
  const moved = centers.map((center, at) => center + moves[at]! / Math.sqrt(d))
  const means = Array.from({ length: components }, (_, k) => [...moved.subarray(k * d, (k + 1) * d)])
  return {
    x: ndarray(x, [rows, dimension]),
    start: { means, weights: means.map(() => 1 / components), precision: 1 },
  }
}

type Draw = typeof random.normal | typeof random.uniform

function float64(draw: Draw, from: Parameters<Draw>[0], shape: readonly number[]): Float64Array {
  return draw(from, shape, { dtype: 'float64' }).data
}
