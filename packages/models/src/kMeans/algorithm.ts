import type { Key } from '@variate/core'
import type { Algorithm } from '@variate/inference/run'
import { lloyd } from './assignment.ts'
import { addPoint, clusterMeans, zeroSums } from './clusterSums.ts'
import { elkan } from './elkan.ts'
import { fillEmptyClusters } from './fillEmptyClusters.ts'
import { hamerly } from './hamerly.ts'
import { spreadOf, weightOf, type Points, type Spread } from './points.ts'
import { squaredDistance } from './squaredDistance.ts'

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

/** How points find their centre: by every distance each time, or only by those that bounds cannot rule out. */
export type KMeansMethod = 'elkan' | 'hamerly' | 'lloyd'

export const KMEANS_METHODS: readonly KMeansMethod[] = ['elkan', 'hamerly', 'lloyd']

/** Elkan's bounds, K a point, pay where distances are dear; they then take at most a quarter of the data's size. */
export function defaultMethod(clusters: number, dimension: number): KMeansMethod {
  return 2 * clusters <= dimension ? 'elkan' : 'hamerly'
}

export interface KMeansAlgorithm extends Algorithm<KMeansState, KMeansInfo> {
  /** The nearest of the centres to each point, in an array that the next call or step overwrites, and the inertia. */
  assign(centers: Float64Array): {
    readonly labels: Int32Array
    readonly inertia: number
    /** [K]: Σ wᵢ of each cluster. */
    readonly counts: Float64Array
  }
  /** Of all points. */
  readonly spread: Spread
}

/**
 * k-means: points go to their nearest centre, centres to the mean of their points; the inertia never rises.
 * The limit of EM for a spherical mixture of equal weights as the variance goes to 0. A centre that no point
 * is nearest to moves to the point farthest from all others. Lloyd, IEEE Trans. Inf. Theory 28 (1982).
 *
 * What the bounds know of the last centres makes a step sooner done, and never its result another.
 */
export function kMeansAlgorithm(
  points: Points,
  clusters: number,
  method: KMeansMethod,
  initialize: (key: Key) => Float64Array,
): KMeansAlgorithm {
  const { dimension } = points
  const assigner = ASSIGNERS[method](points, clusters)
  const total = zeroSums(clusters, dimension)
  const spread = spreadOf(points)
  const assign = (centers: Float64Array): void =>
    assigner.assign(centers, (i, from, to) => {
      if (from >= 0) addPoint(total, points, i, from, -1)
      addPoint(total, points, i, to, 1)
    })
  return {
    spread,
    init: (key) => ({ centers: initialize(key) }),
    step(_key, { centers }) {
      assign(centers)
      const means = clusterMeans(total, centers)
      const inertia = inertiaFrom(spread, total.counts, means, centers)
      fillEmptyClusters(means, total.members, points, assigner.labels)
      return [{ centers: means }, { inertia, shift: largestMove(centers, means, clusters) }]
    },
    assign(centers) {
      assign(centers)
      return {
        labels: assigner.labels,
        counts: total.counts,
        inertia: inertiaOf(points, assigner.labels, centers),
      }
    },
  }
}

const ASSIGNERS = { lloyd, hamerly, elkan }

/** Huygens: Σ w·|x − c|² = Σ w·|x − a|² − W·|m − a|² + W·|m − c|² for the mean m of a cluster and any a. */
function inertiaFrom(
  { mean, squares }: Spread,
  counts: Float64Array,
  means: Float64Array,
  centers: Float64Array,
): number {
  const d = mean.length
  let inertia = squares
  for (let k = 0; k < counts.length; k++) {
    const within = squaredDistance(means, k, centers, k, d, Infinity)
    inertia += counts[k]! * (within - squaredDistance(means, k, mean, 0, d, Infinity))
  }
  return Math.max(0, inertia)
}

function inertiaOf(points: Points, labels: Int32Array, centers: Float64Array): number {
  const { x, rows, dimension } = points
  let inertia = 0
  for (let i = 0; i < rows; i++) {
    inertia += weightOf(points, i) * squaredDistance(x, i, centers, labels[i]!, dimension, Infinity)
  }
  return inertia
}

function largestMove(from: Float64Array, to: Float64Array, clusters: number): number {
  let square = 0
  for (let k = 0; k < clusters; k++) {
    square = Math.max(square, squaredDistance(from, k, to, k, from.length / clusters, Infinity))
  }
  return Math.sqrt(square)
}
