import { formatTable, NdArray, type MatrixLike } from '@variate/core'
import type { RestartOutcome, Termination } from '@variate/inference/run'
import { newObservations } from '../observations.ts'
import type { KMeansInfo } from './algorithm.ts'
import { nearestCenter } from './assignment.ts'
import { squaredDistance } from './squaredDistance.ts'

/** K centres: what can be asked of them for any data of their dimension. */
export interface KMeansClusters {
  readonly clusters: number
  readonly dimension: number
  /** [K, d], in canonical order: by the first coordinate in which they differ. */
  readonly centers: NdArray<Float64Array>
  /** The nearest centre of each row of x, [n]; of equally near ones, the first. */
  predict(x: MatrixLike): NdArray<Int32Array>
  /** The distance from each row of x to each centre, [n, K], in units of the data: scikit-learn's `transform`. */
  distances(x: MatrixLike): NdArray<Float64Array>
  /** −Σ |xᵢ − c|² to the nearest centres: minus the inertia of x, as scikit-learn's `score`. */
  score(x: MatrixLike): number
}

/** How the centres were found. */
export interface KMeansRecord {
  /** Σ wᵢ·|xᵢ − c|² to the nearest centres, in squared units of the data. */
  readonly inertia: number
  /** [K]: the points of each cluster, or their weights' sum. */
  readonly counts: NdArray<Float64Array>
  readonly iterations: number
  /** What each step of the run that was kept told. */
  readonly history: readonly KMeansInfo[]
  readonly termination: Termination
  /** How each run ended; its score is minus the inertia. */
  readonly restarts: readonly RestartOutcome[]
}

/** A fit as JSON brings it back: without the labels of the points that it was fitted to. */
export interface SavedKMeans extends KMeansClusters, KMeansRecord {
  /** A table of the clusters, and how the fit ended, as text. */
  summary(): string
  /** Plain JSON, which the model's `fromJSON` reads. */
  toJSON(): KMeansJSON
}

export interface KMeansFit extends SavedKMeans {
  /** [n]: the cluster of each point that was fitted, the same as `predict` gives. */
  readonly labels: NdArray<Int32Array>
}

export interface KMeansJSON {
  readonly format: 'variate kMeans'
  readonly version: 1
  readonly clusters: number
  readonly dimension: number
  readonly centers: readonly number[]
  readonly record: Omit<KMeansRecord, 'counts'> & { readonly counts: readonly number[] }
}

/** @param data centres, [K, d]. */
export function savedKMeans(data: Float64Array, dimension: number, record: KMeansRecord): SavedKMeans {
  const clusters = data.length / dimension
  const centers = new NdArray(data, [clusters, dimension])
  return {
    clusters,
    dimension,
    centers,
    ...record,
    predict(more) {
      const { x, rows } = newObservations('kMeans.predict', dimension, more)
      const labels = new Int32Array(rows)
      for (let i = 0; i < rows; i++) labels[i] = nearestCenter(x, i, data, clusters, dimension)
      return new NdArray(labels, [rows])
    },
    distances(more) {
      const { x, rows } = newObservations('kMeans.distances', dimension, more)
      const distances = new Float64Array(rows * clusters)
      for (let at = 0; at < distances.length; at++) {
        const i = Math.floor(at / clusters)
        distances[at] = Math.sqrt(squaredDistance(x, i, data, at % clusters, dimension, Infinity))
      }
      return new NdArray(distances, [rows, clusters])
    },
    score(more) {
      const { x, rows } = newObservations('kMeans.score', dimension, more)
      let inertia = 0
      for (let i = 0; i < rows; i++) {
        const label = nearestCenter(x, i, data, clusters, dimension)
        inertia += squaredDistance(x, i, data, label, dimension, Infinity)
      }
      return -inertia
    },
    summary: () => summarize(centers, record),
    toJSON: () => ({
      format: 'variate kMeans',
      version: 1,
      clusters,
      dimension,
      centers: [...data],
      record: { ...record, counts: [...record.counts.data] },
    }),
  }
}

/** Variables that a table has room for. */
const MOST_COLUMNS = 6

function summarize(centers: NdArray<Float64Array>, { inertia, counts, ...run }: KMeansRecord): string {
  const [clusters, dimension] = centers.shape as [number, number]
  const columns = Array.from({ length: Math.min(dimension, MOST_COLUMNS) }, (_, a) => a)
  const rows = Array.from({ length: clusters }, (_, k) => [
    String(k),
    String(Number(counts.at(k).toFixed(1))),
    ...columns.map((a) => centers.at(k, a).toPrecision(5)),
  ])
  const runs = run.restarts.length === 1 ? '' : `, best of ${run.restarts.length} runs`
  return [
    `k-means, ${clusters} ${clusters === 1 ? 'cluster' : 'clusters'}, ${dimension} ${dimension === 1 ? 'column' : 'columns'}`,
    `inertia ${inertia.toPrecision(6)} · ${endOf(run.termination, run.iterations)}${runs}`,
    '',
    formatTable(['cluster', 'n', ...columns.map((a) => `center x${a}`)], rows),
    ...(dimension > MOST_COLUMNS ? [`(${dimension - MOST_COLUMNS} more columns)`] : []),
  ].join('\n')
}

function endOf({ kind }: Termination, iterations: number): string {
  if (kind === 'converged') return `converged after ${iterations} iterations`
  if (kind === 'limit') return `not converged: stopped at the limit of ${iterations} iterations`
  return `${kind} after ${iterations} iterations`
}
