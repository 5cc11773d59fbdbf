import type { Key } from '@variate/core'
import type { Algorithm } from '@variate/inference'
import { lloyd, type Assigner } from './assignment.ts'
import { hamerly } from './hamerly.ts'
import { squaredDistance, weightOf, type Points } from './points.ts'

export interface KMeansState {
  /** [K, d]. */
  readonly centers: Float64Array
}

export interface KMeansInfo {
  /** Σ wᵢ·|xᵢ − c|² from each point to its nearest centre, before the centres moved. */
  readonly inertia: number
  /** The largest move of a centre, in units of the data. */
  readonly shift: number
}

/** How points find their centre: every distance each time, or only those that bounds cannot rule out. */
export type KMeansMethod = 'hamerly' | 'lloyd'

/**
 * k-means: points go to their nearest centre, centres to the mean of their points; the inertia never rises.
 * The limit of EM for a spherical mixture of equal weights as the variance goes to 0. A centre that no point
 * is nearest to moves to the point farthest from its own. Lloyd, IEEE Trans. Inf. Theory 28 (1982).
 */
export function kMeansAlgorithm(
  points: Points,
  clusters: number,
  method: KMeansMethod,
  initialize: (key: Key) => Float64Array,
): Algorithm<KMeansState, KMeansInfo> {
  const assigner = assignerFor(points, clusters, method)
  const labels = new Int32Array(points.rows)
  return {
    init: (key) => ({ centers: initialize(key) }),
    step(_key, { centers }) {
      assigner.assign(centers, labels)
      const { means, inertia } = clusterMeans(points, clusters, labels, centers)
      let shift = 0
      for (let k = 0; k < clusters; k++) {
        shift = Math.max(shift, squaredDistance(means, k, centers, k, points.dimension))
      }
      return [{ centers: means }, { inertia, shift: Math.sqrt(shift) }]
    },
  }
}

export function assignerFor(points: Points, clusters: number, method: KMeansMethod): Assigner {
  return method === 'lloyd' ? lloyd(points, clusters) : hamerly(points, clusters)
}

function clusterMeans(
  points: Points,
  clusters: number,
  labels: Int32Array,
  centers: Float64Array,
): { means: Float64Array; inertia: number } {
  const { x, rows, dimension: d } = points
  const means = new Float64Array(clusters * d)
  const counts = new Float64Array(clusters)
  let inertia = 0
  for (let i = 0; i < rows; i++) {
    const weight = weightOf(points, i)
    const label = labels[i]!
    counts[label] = counts[label]! + weight
    let square = 0
    for (let a = 0, p = i * d, q = label * d; a < d; a++, p++, q++) {
      const difference = x[p]! - centers[q]!
      square += difference * difference
      means[q] = means[q]! + weight * x[p]!
    }
    inertia += weight * square
  }
  const empty: number[] = []
  for (let k = 0; k < clusters; k++) {
    if (counts[k] === 0) empty.push(k)
    else for (let a = 0; a < d; a++) means[k * d + a] = means[k * d + a]! / counts[k]!
  }
  const farthest = farthestPoints(points, labels, centers, empty.length)
  empty.forEach((k, index) => means.set(x.subarray(farthest[index]! * d, (farthest[index]! + 1) * d), k * d))
  return { means, inertia }
}

/** The points that cost the most, one for each empty cluster. */
function farthestPoints(points: Points, labels: Int32Array, centers: Float64Array, count: number): number[] {
  if (count === 0) return []
  const { x, rows, dimension } = points
  const cost = Float64Array.from({ length: rows }, (_, i) => {
    return weightOf(points, i) * squaredDistance(x, i, centers, labels[i]!, dimension)
  })
  return Array.from(cost.keys())
    .sort((i, j) => cost[j]! - cost[i]!)
    .slice(0, count)
}
