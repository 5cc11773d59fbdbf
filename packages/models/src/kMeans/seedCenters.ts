import { random, split, type Key } from '@variate/core'
import { weightOf, type Points } from './points.ts'
import { squaredDistance } from './squaredDistance.ts'

/**
 * k-means++ seeding: each next centre is a point drawn in proportion to its squared distance from the centres
 * there are, the best of 2 + ⌊ln K⌋ such draws. Arthur & Vassilvitskii, "k-means++: the advantages of careful
 * seeding" (2007), with the greedy choice of their §5.
 *
 * @param fixed centres that are given, [m, d]; the seeding adds the K − m others.
 * @returns the centres, [K, d]. Where all points lie on fewer than K places, the first is repeated.
 */
export function seedCenters(key: Key, points: Points, clusters: number, fixed?: Float64Array): Float64Array {
  const { x, dimension: d } = points
  const centers = new Float64Array(clusters * d)
  const trials = 2 + Math.floor(Math.log(clusters))
  // Before there is a centre all points are alike.
  let potential: Potential = { squares: new Float32Array(points.rows).fill(1), unit: 1 }
  let chosen = 0
  const add = (center: Float64Array): void => {
    centers.set(center, chosen * d)
    if (chosen === 0) potential = firstPotential(potential.squares, points, centers)
    else lowerPotential(potential, points, centers, chosen)
    chosen++
  }
  for (let k = 0; k < (fixed?.length ?? 0) / d; k++) add(fixed!.subarray(k * d, (k + 1) * d))

  for (const step of split(key, clusters)) {
    if (chosen === clusters) break
    const total = totalPotential(points, potential)
    if (total === 0) {
      add(centers.slice(0, d))
      continue
    }
    // Before there is a centre, one draw is as good as another.
    const count = chosen === 0 ? 1 : trials
    const uniforms = random.uniform(step, [trials], { dtype: 'float64' }).data.subarray(0, count)
    const candidates = drawPoints(points, potential, uniforms.map((u) => u * total).sort())
    const best = count === 1 ? candidates[0]! : bestCandidate(points, potential, candidates)
    add(x.slice(best * d, (best + 1) * d))
  }
  return centers
}

/** Squared distances to the nearest centre, weights left out. */
interface Potential {
  /** [n], in units of `unit`: float32, since these are chances of a draw, and there may be millions. */
  readonly squares: Float32Array
  readonly unit: number
}

/** The largest distance is the unit, so that float32 has room for all, whatever the data are measured in. */
function firstPotential(squares: Float32Array, points: Points, centers: Float64Array): Potential {
  const { x, rows, dimension } = points
  const square = (i: number): number =>
    weightOf(points, i) > 0 ? squaredDistance(x, i, centers, 0, dimension, Infinity) : 0
  let unit = 0
  for (let i = 0; i < rows; i++) unit = Math.max(unit, square(i))
  for (let i = 0; i < rows; i++) squares[i] = unit > 0 ? square(i) / unit : 0
  return { squares, unit }
}

function lowerPotential(
  { squares, unit }: Potential,
  { x, rows, dimension }: Points,
  centers: Float64Array,
  k: number,
): void {
  for (let i = 0; i < rows; i++) {
    const square = squares[i]!
    const distance = squaredDistance(x, i, centers, k, dimension, square * unit) / unit
    if (distance < square) squares[i] = distance
  }
}

function totalPotential(points: Points, { squares }: Potential): number {
  let sum = 0
  for (let i = 0; i < points.rows; i++) sum += weightOf(points, i) * squares[i]!
  return sum
}

/** The points in which the running sum of the potential passes each target; targets in rising order. */
function drawPoints(points: Points, { squares }: Potential, targets: Float64Array): Int32Array {
  const drawn = new Int32Array(targets.length)
  let sum = 0
  let found = 0
  for (let i = 0; i < points.rows && found < targets.length; i++) {
    const value = weightOf(points, i) * squares[i]!
    if (value === 0) continue
    sum += value
    while (found < targets.length && sum > targets[found]!) drawn[found++] = i
    // Should rounding leave a target above the sum of all, the last point that has a chance is drawn.
    drawn.fill(i, found)
  }
  return drawn
}

/** The candidate that leaves the least potential. */
function bestCandidate(points: Points, { squares, unit }: Potential, candidates: Int32Array): number {
  const { x, rows, dimension } = points
  const left = new Float64Array(candidates.length)
  for (let i = 0; i < rows; i++) {
    const square = squares[i]!
    const weight = weightOf(points, i)
    if (square === 0 || weight === 0) continue
    for (let c = 0; c < candidates.length; c++) {
      const distance = squaredDistance(x, i, x, candidates[c]!, dimension, square * unit) / unit
      left[c] = left[c]! + weight * (distance < square ? distance : square)
    }
  }
  return candidates[left.indexOf(Math.min(...left))]!
}
