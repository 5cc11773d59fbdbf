import { key, NdArray, type Key, type MatrixLike, type VectorLike } from '@variate/core'
import { runRestarts, type RestartOutcome, type Termination } from '@variate/inference'
import { canonicalOrder, reorder } from '../canonicalOrder.ts'
import {
  matrixOfShape,
  newObservations,
  observations,
  requireCount,
  requireNonNegative,
} from '../observations.ts'
import { assignerFor, kMeansAlgorithm, type KMeansInfo, type KMeansMethod } from './algorithm.ts'
import { nearestCenter } from './assignment.ts'
import { squaredDistance, totalSquares, weightOf, type Points } from './points.ts'
import { seedCenters } from './seedCenters.ts'

export interface KMeansOptions {
  clusters: number
  /** `'hamerly'` (default) gives what `'lloyd'` gives, and mostly sooner. */
  method?: KMeansMethod
}

export interface KMeansFitOptions {
  /** Runs from different k-means++ seedings, of which the one of least inertia is kept. Default 10. */
  restarts?: number
  /** Default 0. */
  seed?: number
  /** Instead of a seed. */
  key?: Key
  /** Centres to start from, [K, d], instead of a seeding; there is then one run. */
  init?: MatrixLike
  /** Ends a run when no centre moved farther, relative to the data's root mean square deviation. Default 1e-4. */
  tolerance?: number
  /** Default 300. */
  maxIterations?: number
  /** [n], ≥ 0. */
  weights?: VectorLike
  /** Ends the fit after the iteration under way, with the best so far. */
  signal?: AbortSignal
}

export interface KMeansFit {
  /** [K, d], in canonical order: by the first coordinate in which they differ. */
  readonly centers: NdArray<Float64Array>
  /** [n]: the cluster of each point that was fitted. */
  readonly labels: NdArray<Int32Array>
  /** Σ wᵢ·|xᵢ − c|² to the nearest centres. */
  readonly inertia: number
  readonly iterations: number
  readonly history: readonly KMeansInfo[]
  readonly termination: Termination
  /** How each run ended; its score is minus the inertia. */
  readonly restarts: readonly RestartOutcome[]
  /** The nearest centre of each row of x, [n]. */
  predict(x: MatrixLike): NdArray<Int32Array>
}

/** k-means, ready to be fitted. */
export interface KMeans {
  /**
   * @throws DomainError for NaN or infinite data, fewer points than clusters, bad weights or options; ShapeError
   * for ragged rows or centres of another shape.
   */
  fit(x: MatrixLike, options?: KMeansFitOptions): Promise<KMeansFit>
}

/**
 * Clustering by k-means: K centres that make the sum of squared distances to the nearest centre as small as
 * restarts from k-means++ seedings find it.
 *
 * @example
 * ```ts
 * import { kMeans } from '@variate/models'
 *
 * const fit = await kMeans({ clusters: 2 }).fit([[0], [1], [10], [11]])
 * fit.centers.toNested() // => [[0.5], [10.5]]
 * fit.inertia // => 1
 * fit.predict([[7]]).toNested() // => [1]
 * ```
 */
export function kMeans({ clusters, method = 'hamerly' }: KMeansOptions): KMeans {
  requireCount('kMeans', 'clusters', clusters)
  return { fit: (x, options = {}) => fitKMeans(clusters, method, x, options) }
}

async function fitKMeans(
  clusters: number,
  method: KMeansMethod,
  x: MatrixLike,
  options: KMeansFitOptions,
): Promise<KMeansFit> {
  const { restarts = 10, seed = 0, tolerance = 1e-4, maxIterations = 300, init, signal } = options
  const who = 'kMeans.fit'
  const points = observations(who, clusters, x, options.weights)
  requireCount(who, 'restarts', restarts)
  requireCount(who, 'maxIterations', maxIterations)
  requireNonNegative(who, 'tolerance', tolerance)
  const start =
    init === undefined ? undefined : matrixOfShape(init, clusters, points.dimension, `${who}: init`)
  const deviation = Math.sqrt(totalSquares(points) / totalWeight(points))

  const algorithm = kMeansAlgorithm(
    points,
    clusters,
    method,
    (runKey) => start ?? seedCenters(runKey, points, clusters),
  )
  const { best, outcomes } = await runRestarts(() => algorithm, {
    key: options.key ?? key(seed),
    restarts: start === undefined ? restarts : 1,
    maxSteps: maxIterations,
    converged: ({ shift }) => shift <= tolerance * deviation,
    score: ({ centers }) => -assign(points, clusters, method, centers).inertia,
    signal,
  })

  const centers = reorder(best.state.centers, canonicalOrder(best.state.centers, points.dimension))
  const { labels, inertia } = assign(points, clusters, method, centers)
  return {
    centers: new NdArray(centers, [clusters, points.dimension]),
    labels: new NdArray(labels, [points.rows]),
    inertia,
    iterations: best.steps,
    history: best.history,
    termination: best.termination,
    restarts: outcomes,
    predict: (more) => predict(centers, clusters, points.dimension, more),
  }
}

function assign(
  points: Points,
  clusters: number,
  method: KMeansMethod,
  centers: Float64Array,
): { labels: Int32Array; inertia: number } {
  const labels = new Int32Array(points.rows)
  assignerFor(points, clusters, method).assign(centers, labels)
  let inertia = 0
  for (let i = 0; i < points.rows; i++) {
    inertia += weightOf(points, i) * squaredDistance(points.x, i, centers, labels[i]!, points.dimension)
  }
  return { labels, inertia }
}

function totalWeight(points: Points): number {
  return points.weights?.reduce((sum, weight) => sum + weight, 0) ?? points.rows
}

function predict(
  centers: Float64Array,
  clusters: number,
  dimension: number,
  more: MatrixLike,
): NdArray<Int32Array> {
  const { x, rows } = newObservations('kMeans.predict', dimension, more)
  return new NdArray(
    Int32Array.from({ length: rows }, (_, i) => nearestCenter(x, i, centers, clusters, dimension)),
    [rows],
  )
}
