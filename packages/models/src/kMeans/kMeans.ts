import { DomainError, type MatrixLike } from '@variate/core'
import type { Algorithm } from '@variate/inference/run'
import { requireCount } from '../observations.ts'
import { KMEANS_METHODS, type KMeansInfo, type KMeansState } from './algorithm.ts'
import { fitKMeans, prepareKMeans } from './fitKMeans.ts'
import { kMeansFromJSON } from './fromJson.ts'
import type { KMeansFit, SavedKMeans } from './kMeansFit.ts'
import type { KMeansFitOptions, KMeansOptions } from './options.ts'

/** k-means, ready to be fitted. */
export interface KMeans {
  /**
   * Clusters points x [n, d]. Only bad input throws; how the fit ended is in `termination`. Where the points lie
   * on fewer than K places, some clusters stay empty.
   *
   * @throws DomainError for NaN or infinite data (with row and column), fewer points than clusters, bad weights
   * or options; ShapeError for ragged rows or centres of another shape; the signal's reason if it was aborted
   * before the first run had begun.
   */
  fit(x: MatrixLike, options?: KMeansFitOptions): Promise<KMeansFit>
  /**
   * The same k-means as pure functions, `init` and `step`, to go through it at one's own pace.
   *
   * @throws what `fit` throws for bad data.
   *
   * @example
   * ```ts
   * import { key } from '@variate/core'
   * import { kMeans } from '@variate/models'
   *
   * const { init, step } = kMeans({ clusters: 2 }).algorithm([[0], [1], [10], [11]], { init: [[0], [1]] })
   * const [once, info] = step(key(0), init(key(0)))
   * once.centers // => [0, 7.33333]
   * info.inertia // => 181
   * const [twice] = step(key(0), once)
   * twice.centers // => [0.5, 10.5]
   * ```
   */
  algorithm(x: MatrixLike, options?: KMeansFitOptions): Algorithm<KMeansState, KMeansInfo>
  /** @throws FormatError unless it is what `toJSON` of a fit of this model gave. */
  fromJSON(json: unknown): SavedKMeans
}

/**
 * Clustering by k-means: K centres that make the sum of squared distances to the nearest centre, the inertia, as
 * small as restarts from k-means++ seedings find it. MacQueen (1967), Lloyd, IEEE Trans. Inf. Theory 28 (1982).
 *
 * Distances are Euclidean: columns in different units want rescaling first.
 *
 * @throws DomainError if `clusters` is not a whole number ≥ 1, or `method` is none of the three.
 *
 * @example
 * ```ts
 * import { kMeans } from '@variate/models'
 *
 * const fit = await kMeans({ clusters: 2 }).fit([[0], [1], [10], [11]])
 * fit.centers.toNested() // => [[0.5], [10.5]]
 * fit.inertia // => 1
 * fit.labels.toNested() // => [0, 0, 1, 1]
 * fit.predict([[7]]).toNested() // => [1]
 * fit.distances([[7]]).toNested() // => [[6.5, 3.5]]
 * fit.score([[7]]) // => -12.25
 * ```
 *
 * @example
 * Fisher's irises in three clusters, stored and read again:
 * ```ts
 * import { iris } from '@variate/data'
 * import { kMeans } from '@variate/models'
 *
 * const model = kMeans({ clusters: 3 })
 * const fit = await model.fit(iris().measurements, { seed: 1 })
 * fit.inertia // => 78.8514
 * fit.counts.toNested() // => [50, 62, 38]
 * const again = model.fromJSON(JSON.parse(JSON.stringify(fit)))
 * again.predict([[5, 3.4, 1.5, 0.2]]).toNested() // => [0]
 * ```
 */
export function kMeans(options: KMeansOptions): KMeans {
  const { clusters, method } = options
  requireCount('kMeans', 'clusters', clusters)
  if (method !== undefined && !KMEANS_METHODS.includes(method)) {
    throw new DomainError(`kMeans: method must be one of ${KMEANS_METHODS.join(', ')}, got ${String(method)}`)
  }
  return {
    fit: async (x, fitOptions = {}) => fitKMeans(options, x, fitOptions),
    algorithm: (x, fitOptions = {}) => prepareKMeans(options, x, fitOptions),
    fromJSON: (json) => kMeansFromJSON(clusters, json),
  }
}
