import { precedes } from './assignment.ts'
import { weightOf, type Points } from './points.ts'
import { squaredDistance } from './squaredDistance.ts'

/**
 * Moves each centre that has no points to the point that is farthest from all others, one after the other;
 * it stays where every point has a centre on its place. Points of no weight do not count, those of any weight
 * count alike: a point of weight 2 is two points at one place. Ties go by canonical order, not by indices.
 *
 * @param members [K]: how many points of positive weight each centre has.
 */
export function fillEmptyClusters(
  centers: Float64Array,
  members: Int32Array,
  points: Points,
  labels: Int32Array,
): void {
  if (!members.includes(0)) return
  const { x, dimension: d } = points
  const { squares, largest } = costs(centers, points, labels)
  const empties = Array.from(members.keys()).filter((k) => members[k] === 0)
  for (const empty of empties.sort((k, other) => (precedes(centers, k, other, d) ? -1 : 1))) {
    const farthest = farthestPoint(squares, points)
    if (squares[farthest] === 0) return
    centers.set(x.subarray(farthest * d, (farthest + 1) * d), empty * d)
    for (let i = 0; i < squares.length; i++) {
      const limit = squares[i]! * largest
      const square = squaredDistance(x, i, centers, empty, d, limit)
      if (square < limit) squares[i] = square / largest
    }
  }
}

/** Squared distances from the points to their centres, in units of the largest: float32 has room for these. */
function costs(
  centers: Float64Array,
  points: Points,
  labels: Int32Array,
): { squares: Float32Array; largest: number } {
  const { x, rows, dimension } = points
  const cost = (i: number): number =>
    weightOf(points, i) > 0 ? squaredDistance(x, i, centers, labels[i]!, dimension, Infinity) : 0
  let largest = 0
  for (let i = 0; i < rows; i++) largest = Math.max(largest, cost(i))
  const squares = new Float32Array(rows)
  if (largest > 0) for (let i = 0; i < rows; i++) squares[i] = cost(i) / largest
  return { squares, largest }
}

/** Of equally far points the first in canonical order, so that the order of the rows does not matter. */
function farthestPoint(squares: Float32Array, { x, dimension }: Points): number {
  let farthest = 0
  for (let i = 1; i < squares.length; i++) {
    const above = squares[i]! - squares[farthest]!
    if (above > 0 || (above === 0 && squares[i]! > 0 && precedes(x, i, farthest, dimension))) farthest = i
  }
  return farthest
}
