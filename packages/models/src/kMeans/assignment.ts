import type { Points } from './points.ts'
import { squaredDistance } from './squaredDistance.ts'

/**
 * How points are assigned to their nearest centres. Of equally near ones a point goes to the one that comes
 * first in canonical order, whatever the order in which they are given: k-means is a map of sets of centres.
 */
export interface Assigner {
  /** [n]: the cluster of each point; −1 before the first assignment. */
  readonly labels: Int32Array
  /** Brings the labels up to date with the centres, and tells of each point that changes, in order. */
  assign(centers: Float64Array, onChange: (i: number, from: number, to: number) => void): void
}

export function nearestCenter(
  x: Float64Array,
  i: number,
  centers: Float64Array,
  clusters: number,
  d: number,
): number {
  let nearest = 0
  let least = squaredDistance(x, i, centers, 0, d, Infinity)
  for (let k = 1; k < clusters; k++) {
    const distance = squaredDistance(x, i, centers, k, d, least)
    if (distance < least || (distance === least && precedes(centers, k, nearest, d))) {
      least = distance
      nearest = k
    }
  }
  return nearest
}

/** Whether centre k comes before another in canonical order: by coordinates, then by index. */
export function precedes(centers: Float64Array, k: number, other: number, d: number): boolean {
  for (let a = 0; a < d; a++) {
    const difference = centers[k * d + a]! - centers[other * d + a]!
    if (difference !== 0) return difference < 0
  }
  return k < other
}

/** Lloyd's assignment: every point against every centre. */
export function lloyd({ x, rows, dimension }: Points, clusters: number): Assigner {
  const labels = new Int32Array(rows).fill(-1)
  return {
    labels,
    assign(centers, onChange) {
      for (let i = 0; i < rows; i++) {
        const before = labels[i]!
        const label = nearestCenter(x, i, centers, clusters, dimension)
        if (label === before) continue
        labels[i] = label
        onChange(i, before, label)
      }
    },
  }
}
