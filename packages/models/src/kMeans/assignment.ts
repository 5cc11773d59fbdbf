import { squaredDistance, type Points } from './points.ts'

/** How points are assigned to their nearest centres; of equally near ones, to that of the lowest index. */
export interface Assigner {
  /** Brings `labels` up to date with the centres. */
  assign(centers: Float64Array, labels: Int32Array): void
}

export function nearestCenter(
  x: Float64Array,
  i: number,
  centers: Float64Array,
  clusters: number,
  d: number,
): number {
  let nearest = 0
  let least = Infinity
  for (let k = 0; k < clusters; k++) {
    const distance = squaredDistance(x, i, centers, k, d)
    if (distance < least) {
      least = distance
      nearest = k
    }
  }
  return nearest
}

/** Lloyd's assignment: every point against every centre. */
export function lloyd({ x, rows, dimension }: Points, clusters: number): Assigner {
  return {
    assign(centers, labels) {
      for (let i = 0; i < rows; i++) labels[i] = nearestCenter(x, i, centers, clusters, dimension)
    },
  }
}
