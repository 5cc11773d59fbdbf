import { DomainError, key, NdArray, type MatrixLike } from '@variate/core'
import { runRestarts, type RestartsState } from '@variate/inference/run'
import { canonicalOrder, reorder } from '../canonicalOrder.ts'
import { matrixOfShape, observations, requireCount, requireNonNegative } from '../observations.ts'
import {
  defaultMethod,
  kMeansAlgorithm,
  type KMeansAlgorithm,
  type KMeansInfo,
  type KMeansState,
} from './algorithm.ts'
import { savedKMeans, type KMeansFit } from './kMeansFit.ts'
import type { KMeansFitOptions, KMeansOptions } from './options.ts'
import { seedCenters } from './seedCenters.ts'

const WHO = 'kMeans.fit'

export async function fitKMeans(
  model: KMeansOptions,
  x: MatrixLike,
  options: KMeansFitOptions,
): Promise<KMeansFit> {
  const { restarts = 10, tolerance = 1e-4, maxIterations = 300, signal } = options
  requireCount(WHO, 'restarts', restarts)
  requireCount(WHO, 'maxIterations', maxIterations)
  requireNonNegative(WHO, 'tolerance', tolerance)
  const algorithm = prepareKMeans(model, x, options)
  const { weight, squares, mean } = algorithm.spread
  const farthest = tolerance * Math.sqrt(squares / weight)
  const runs = options.init === undefined ? restarts : 1

  const { best, outcomes } = await runRestarts(() => algorithm, {
    key: options.key ?? key(options.seed ?? 0),
    restarts: runs,
    maxSteps: maxIterations,
    converged: ({ shift }) => shift <= farthest,
    score: ({ centers }) => -algorithm.assign(centers).inertia,
    onProgress: reporter(options, runs, maxIterations),
    signal,
    onAbort: options.onAbort,
  })

  const centers = reorder(best.state.centers, canonicalOrder(best.state.centers, mean.length))
  const { labels, inertia, counts } = algorithm.assign(centers)
  const saved = savedKMeans(centers, mean.length, {
    inertia,
    counts: new NdArray(counts, [counts.length]),
    iterations: best.steps,
    history: best.history,
    termination: best.termination,
    restarts: outcomes,
  })
  return { ...saved, labels: new NdArray(labels, [labels.length]) }
}

/** @throws DomainError or ShapeError for data or options that cannot be fitted. */
export function prepareKMeans(
  { clusters, method }: KMeansOptions,
  x: MatrixLike,
  { weights, init }: KMeansFitOptions,
): KMeansAlgorithm {
  const points = observations(WHO, clusters, x, weights, 'clusters')
  const start =
    init === undefined ? undefined : matrixOfShape(init, clusters, points.dimension, `${WHO}: init`)
  const algorithm = kMeansAlgorithm(
    points,
    clusters,
    method ?? defaultMethod(clusters, points.dimension),
    (runKey) => start ?? seedCenters(runKey, points, clusters),
  )
  if (!(algorithm.spread.squares < Number.MAX_VALUE / 4)) {
    throw new DomainError(`${WHO}: the squares of x overflow float64: rescale it`)
  }
  return algorithm
}

function reporter(
  { onProgress }: KMeansFitOptions,
  restarts: number,
  maxIterations: number,
): (state: RestartsState<KMeansState, KMeansInfo>, info: KMeansInfo) => void {
  return ({ current, outcomes }, info) => {
    const iteration = current?.steps ?? 0
    onProgress?.({ ...info, restart: outcomes.length, restarts, iteration, maxIterations })
  }
}
