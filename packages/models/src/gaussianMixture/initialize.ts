import { foldIn, NumericalError, random, split, type Key } from '@variate/core'
import { Breakdown } from '@variate/inference/run'
import { defaultMethod, kMeansAlgorithm } from '../kMeans/algorithm.ts'
import { nearestCenter } from '../kMeans/assignment.ts'
import type { Points } from '../kMeans/points.ts'
import { seedCenters } from '../kMeans/seedCenters.ts'
import type { Assignment } from './assignedStatistics.ts'
import { mixtureOfAssignment } from './mixtureOfAssignment.ts'
import type { MixtureData } from './block.ts'
import { pickRows } from './countedRows.ts'
import type { Restraint } from './maximization.ts'
import type { Mixture, MixtureShape } from './mixture.ts'
import { whiten } from './whiten.ts'

/** What a start is made from. */
export interface Start {
  readonly data: MixtureData
  readonly shape: MixtureShape
  readonly restraint: Restraint
  /** [d]: the data's mean. */
  readonly center: Float64Array
  /** Observations given, those of weight 0 included, and which of them count; undefined where all do. */
  readonly rows: number
  readonly counted: Int32Array | undefined
}

/** k-means steps before EM takes over: it needs a start, not a solution. */
const KMEANS_STEPS = 20

/** Observations that a start is made from where there are more: it stays a matter of milliseconds. */
const MOST_POINTS = 20_000

/** The clusters of k-means from k-means++ seeds; where labels are known, of the seeds alone. */
export function startFromKMeans(start: Start, key: Key): Mixture {
  if (start.data.labels !== undefined) return startFromSeeds(start, key)
  const { shape } = start
  const points = startingPoints(start, key)
  const seeds = (from: Key): Float64Array => seedCenters(from, points, shape.components)
  const algorithm = kMeansAlgorithm(
    points,
    shape.components,
    defaultMethod(shape.components, shape.dimension),
    seeds,
  )
  let state = algorithm.init(key)
  for (let step = 0, shift = Infinity; step < KMEANS_STEPS && shift > 0; step++) {
    const [next, info] = algorithm.step(key, state)
    state = next
    shift = info.shift
  }
  return startFromCenters(start, state.centers)
}

/** The observations, or a sample of them with replacement. */
function startingPoints({ data, shape }: Start, key: Key): Points {
  const { dimension } = shape
  if (data.rows <= MOST_POINTS) return { x: data.x, rows: data.rows, weights: data.weights, dimension }
  const uniforms = random.uniform(foldIn(key, 0), [MOST_POINTS], { dtype: 'float64' }).data
  const chosen = Int32Array.from(uniforms, (u) => Math.floor(u * data.rows))
  return {
    x: pickRows(data.x, chosen, dimension),
    rows: MOST_POINTS,
    weights: data.weights && pickRows(data.weights, chosen, 1),
    dimension,
  }
}

/** The points nearest to each k-means++ seed; components of known members have their seeds at those members' mean. */
export function startFromSeeds(start: Start, key: Key): Mixture {
  const { data, shape } = start
  const points = startingPoints(start, key)
  const known = knownMeans(data, shape)
  const seeds = seedCenters(key, points, shape.components, known.means)
  const centers = seeds.slice()
  const { dimension: d } = shape
  known.order.forEach((k, row) => centers.set(seeds.subarray(row * d, (row + 1) * d), k * d))
  return startFromCenters(start, centers)
}

/** Means at K different observations; each covariance is that of all the data. */
export function startFromPoints(start: Start, key: Key): Mixture {
  const { data, shape } = start
  const { dimension: d } = shape
  const means = new Float64Array(shape.components * d)
  distinctPoints(data, shape, key).forEach((i, k) => means.set(data.x.subarray(i * d, (i + 1) * d), k * d))
  return blurred(start, means)
}

/** Each observation with the centre it is nearest to, or with its known component. */
export function startFromCenters(start: Start, centers: Float64Array): Mixture {
  const { data, shape } = start
  const nearest = new Int32Array(data.rows)
  for (let i = 0; i < data.rows; i++) {
    const label = data.labels?.[i] ?? -1
    nearest[i] = label >= 0 ? label : nearestCenter(data.x, i, centers, shape.components, shape.dimension)
  }
  const mixture = startFromAssignment(start, (i, k) => (nearest[i] === k ? 1 : 0))
  // A cluster of one point, say, has no covariance: start it with that of all the data.
  return mixture instanceof Breakdown ? blurred(start, centers) : mixture
}

/** One M-step from responsibilities that are given. */
export function startFromAssignment(
  { data, shape, restraint, center }: Start,
  assignment: Assignment,
): Mixture | Breakdown {
  return mixtureOfAssignment(data, shape, restraint, center, assignment)
}

/** @throws NumericalError if the covariance of all the data is singular. */
function blurred(start: Start, means: Float64Array): Mixture {
  const { components } = start.shape
  const everywhere = startFromAssignment(start, () => 1 / components)
  const mixture =
    everywhere instanceof Breakdown
      ? everywhere
      : whiten(start.shape, { weights: everywhere.weights, covariances: everywhere.covariances, means })
  if (!(mixture instanceof Breakdown)) return mixture
  throw new NumericalError(
    'gaussianMixture.fit: the covariance of x is singular, its columns depend on each other linearly: ' +
      'leave columns out, or give a regularization > 0 or a prior with a scale',
  )
}

/** Means of the components that have known members, and the component of each row: known ones first. */
function knownMeans(
  { x, rows, labels, weights }: MixtureData,
  { components, dimension: d }: MixtureShape,
): { means: Float64Array; order: number[] } {
  const counts = new Float64Array(components)
  const sums = new Float64Array(components * d)
  for (let i = 0; i < rows; i++) {
    const k = labels?.[i] ?? -1
    if (k < 0) continue
    const weight = weights?.[i] ?? 1
    counts[k] = counts[k]! + weight
    for (let a = 0; a < d; a++) sums[k * d + a] = sums[k * d + a]! + weight * x[i * d + a]!
  }
  const all = Array.from(counts.keys())
  const known = all.filter((k) => counts[k]! > 0)
  const means = Float64Array.from(
    known.flatMap((k) => Array.from({ length: d }, (_, a) => sums[k * d + a]! / counts[k]!)),
  )
  return { means, order: [...known, ...all.filter((k) => counts[k] === 0)] }
}

/** Indices of K observations at different places; of any, where there are fewer places. */
function distinctPoints(
  { x, rows }: MixtureData,
  { components, dimension: d }: MixtureShape,
  key: Key,
): number[] {
  const chosen: number[] = []
  const isNew = (i: number): boolean =>
    chosen.every((j) => x.subarray(i * d, (i + 1) * d).some((value, a) => value !== x[j * d + a]))
  const rounds = split(key, 10)
  for (const round of rounds) {
    for (const u of random.uniform(round, [components], { dtype: 'float64' }).data) {
      const i = Math.floor(u * rows)
      if (chosen.length < components && isNew(i)) chosen.push(i)
    }
  }
  for (let i = 0; chosen.length < components; i++) chosen.push(i)
  return chosen
}
