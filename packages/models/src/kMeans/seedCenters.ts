import { random, split, type Key } from '@variate/core'
import { squaredDistance, weightOf, type Points } from './points.ts'

/**
 * k-means++ seeding: each next centre is a point drawn in proportion to its squared distance from the centres
 * there are, the best of 2 + ⌊ln K⌋ such draws. Arthur & Vassilvitskii, "k-means++: the advantages of careful
 * seeding" (2007), with the greedy choice of their §5.
 *
 * @param fixed centres that are given, [m, d]; the seeding adds the K − m others.
 * @returns the centres, [K, d]. Where all points lie on fewer than K places, some are equal.
 */
export function seedCenters(key: Key, points: Points, clusters: number, fixed?: Float64Array): Float64Array {
  const { x, rows, dimension: d } = points
  const centers = new Float64Array(clusters * d)
  const trials = 2 + Math.floor(Math.log(clusters))
  // float32: these are weights of a draw, and there may be millions.
  const nearest = new Float32Array(rows).fill(Infinity)
  let chosen = 0
  const add = (center: Float64Array): void => {
    centers.set(center, chosen * d)
    lower(nearest, points, centers, chosen)
    chosen++
  }
  for (let k = 0; k < (fixed?.length ?? 0) / d; k++) add(fixed!.subarray(k * d, (k + 1) * d))

  for (const step of split(key, clusters)) {
    if (chosen === clusters) break
    const total = totalPotential(points, nearest)
    const uniforms = random.uniform(step, [trials], { dtype: 'float64' }).data
    const candidates = Array.from(chosen === 0 ? uniforms.subarray(0, 1) : uniforms, (u) =>
      drawPoint(points, nearest, u * total),
    )
    const best = candidates.length === 1 ? candidates[0]! : bestCandidate(points, nearest, candidates)
    add(x.slice(best * d, (best + 1) * d))
  }
  return centers
}

function lower(
  nearest: Float32Array,
  { x, rows, dimension }: Points,
  centers: Float64Array,
  k: number,
): void {
  for (let i = 0; i < rows; i++) {
    const distance = squaredDistance(x, i, centers, k, dimension)
    if (distance < nearest[i]!) nearest[i] = distance
  }
}

/** Before there is a centre every point has the same potential. */
function potential(points: Points, nearest: Float32Array, i: number): number {
  return weightOf(points, i) * (nearest[i] === Infinity ? 1 : nearest[i]!)
}

function totalPotential(points: Points, nearest: Float32Array): number {
  let sum = 0
  for (let i = 0; i < points.rows; i++) sum += potential(points, nearest, i)
  return sum
}

function drawPoint(points: Points, nearest: Float32Array, target: number): number {
  let sum = 0
  let last = 0
  for (let i = 0; i < points.rows; i++) {
    const value = potential(points, nearest, i)
    if (value === 0) continue
    sum += value
    last = i
    if (sum > target) return i
  }
  return last
}

/** The candidate that leaves the least potential. */
function bestCandidate(points: Points, nearest: Float32Array, candidates: readonly number[]): number {
  const { x, rows, dimension } = points
  const left = candidates.map((candidate) => {
    let sum = 0
    for (let i = 0; i < rows; i++) {
      const distance = squaredDistance(x, i, x, candidate, dimension)
      sum += weightOf(points, i) * Math.min(nearest[i]!, distance)
    }
    return sum
  })
  return candidates[left.indexOf(Math.min(...left))]!
}
