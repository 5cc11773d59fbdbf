import { precedes, type Assigner } from './assignment.ts'
import { atLeast, atLeastMeasured, atMost, centerGeometry, type CenterGeometry } from './centerGeometry.ts'
import type { Points } from './points.ts'
import { squaredDistance } from './squaredDistance.ts'

/**
 * Hamerly's assignment, exactly Lloyd's: each point keeps an upper bound on the distance to its own centre and
 * a lower bound on that to every other one; by the triangle inequality both move with the centres only, and
 * while the upper is below the lower, or below half the way to the nearest other centre, the point cannot
 * change. Where it may, centres too far from its own to be among its nearest two are left out as well.
 * Hamerly, "Making k-means even faster" (2010); Newling & Fleuret, "Fast k-means with accurate bounds" (2016).
 */
export function hamerly({ x, rows, dimension: d }: Points, clusters: number): Assigner {
  const labels = new Int32Array(rows).fill(-1)
  const upper = new Float32Array(rows)
  const lower = new Float32Array(rows)
  const bounds: Bounds = { labels, upper, lower }
  // The distances between centres are kept where they take no more room than the points.
  const geometry = centerGeometry(clusters, d, clusters * clusters <= rows * d)

  /** The nearest centre, and bounds made anew as far as is needed to know it. */
  const examine = (i: number, label: number): number => {
    const { centers, between, neighbor, halfGap } = geometry
    const own = label < 0 ? 0 : label
    const square = squaredDistance(x, i, centers, own, d, Infinity)
    const radius = Math.sqrt(square)
    upper[i] = atMost(radius)
    if (label >= 0 && (upper[i]! < lower[i]! || upper[i]! < halfGap[label]!)) return label
    const beside = neighbor[own]!
    let nearest = own
    let least = square
    let second = Infinity
    let reach = Infinity
    // The centre beside its own comes first: it is near, and so rules out most others.
    for (let next = -1; next < clusters; next++) {
      const k = next < 0 ? beside : next
      if (k < 0 || k === own || (next >= 0 && k === beside)) continue
      if (between !== undefined && between[own * clusters + k]! > reach) continue
      const distance = squaredDistance(x, i, centers, k, d, second)
      if (distance > second) continue
      if (distance < least || (distance === least && precedes(centers, k, nearest, d))) {
        second = least
        least = distance
        nearest = k
      } else second = distance
      reach = atMost(radius + Math.sqrt(second))
    }
    upper[i] = atMost(Math.sqrt(least))
    lower[i] = atLeastMeasured(Math.sqrt(second))
    return nearest
  }

  return {
    labels,
    assign(next, onChange) {
      geometry.moveTo(next)
      for (let i = nextUnsettled(0, bounds, geometry); i < rows; i = nextUnsettled(i + 1, bounds, geometry)) {
        const label = labels[i]!
        const nearest = examine(i, label)
        if (nearest === label) continue
        labels[i] = nearest
        onChange(i, label, nearest)
      }
    },
  }
}

interface Bounds {
  readonly labels: Int32Array
  readonly upper: Float32Array
  readonly lower: Float32Array
}

/** Moves bounds with the centres, from point i on, up to the first point that they do not settle; n if they do. */
function nextUnsettled(
  from: number,
  { labels, upper, lower }: Bounds,
  { moved, othersMoved, halfGap }: CenterGeometry,
): number {
  const rows = labels.length
  for (let i = from; i < rows; i++) {
    const label = labels[i]!
    if (label < 0) return i
    const above = atMost(upper[i]! + moved[label]!)
    const below = atLeast(lower[i]! - othersMoved[label]!)
    upper[i] = above
    lower[i] = below
    if (!(above < below || above < halfGap[label]!)) return i
  }
  return rows
}
