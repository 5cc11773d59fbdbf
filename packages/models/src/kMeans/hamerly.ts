import type { Assigner } from './assignment.ts'
import { squaredDistance, type Points } from './points.ts'

/**
 * Room for rounding: bounds are kept in float32, so that a million points take 8 MB; this is several times
 * what a rounding to float32 can move them.
 */
const SLACK = 4e-7

/**
 * Hamerly's assignment, exactly Lloyd's: each point keeps an upper bound on the distance to its own centre and
 * a lower bound on that to every other one; by the triangle inequality both move with the centres only, and
 * while the upper is below the lower, or below half the way to the nearest other centre, the point cannot
 * change. Hamerly, "Making k-means even faster" (2010).
 *
 * The bounds hold between calls for the centres of the last call; `labels` must be left as they were.
 */
export function hamerly(points: Points, clusters: number): Assigner {
  const { x, rows, dimension: d } = points
  const upper = new Float32Array(rows).fill(Infinity)
  const lower = new Float32Array(rows)
  const last = new Float64Array(clusters * d).fill(NaN)
  const moved = new Float64Array(clusters)
  const halfGap = new Float64Array(clusters)

  /** The nearest centre and the two bounds, made anew. */
  const examine = (i: number, centers: Float64Array): number => {
    let [nearest, least, second] = [0, Infinity, Infinity]
    for (let k = 0; k < clusters; k++) {
      const distance = squaredDistance(x, i, centers, k, d)
      if (distance < least) {
        second = least
        least = distance
        nearest = k
      } else if (distance < second) second = distance
    }
    upper[i] = Math.sqrt(least) * (1 + SLACK)
    lower[i] = Math.sqrt(second) * (1 - SLACK)
    return nearest
  }

  return {
    assign(centers, labels) {
      measureMoves(moved, last, centers, d)
      measureGaps(halfGap, centers, d)
      const fastest = indexOfLargest(moved)
      const farthest = moved[fastest]!
      let runnerUp = 0
      for (let k = 0; k < clusters; k++) if (k !== fastest) runnerUp = Math.max(runnerUp, moved[k]!)
      for (let i = 0; i < rows; i++) {
        const label = labels[i]!
        // NaN, before the first call, passes no comparison: every point is then examined.
        upper[i] = (upper[i]! + moved[label]!) * (1 + SLACK)
        lower[i] = (lower[i]! - (label === fastest ? runnerUp : farthest)) * (1 - SLACK)
        const bound = Math.max(lower[i]!, halfGap[label]!)
        if (upper[i]! < bound) continue
        upper[i] = Math.sqrt(squaredDistance(x, i, centers, label, d)) * (1 + SLACK)
        if (upper[i]! < bound) continue
        labels[i] = examine(i, centers)
      }
      last.set(centers)
    },
  }
}

function measureMoves(moved: Float64Array, from: Float64Array, to: Float64Array, d: number): void {
  for (let k = 0; k < moved.length; k++) moved[k] = Math.sqrt(squaredDistance(from, k, to, k, d))
}

/** Half the distance from each centre to the nearest other one, rounded down. */
function measureGaps(halfGap: Float64Array, centers: Float64Array, d: number): void {
  for (let k = 0; k < halfGap.length; k++) {
    let least = Infinity
    for (let other = 0; other < halfGap.length; other++) {
      if (other !== k) least = Math.min(least, squaredDistance(centers, k, centers, other, d))
    }
    halfGap[k] = (Math.sqrt(least) / 2) * (1 - SLACK)
  }
}

function indexOfLargest(values: Float64Array): number {
  return values.reduce((best, value, k) => (value > values[best]! ? k : best), 0)
}
