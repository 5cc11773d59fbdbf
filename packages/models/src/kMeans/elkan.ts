import { precedes, type Assigner } from './assignment.ts'
import { atLeast, atLeastMeasured, atMost, centerGeometry } from './centerGeometry.ts'
import type { Points } from './points.ts'
import { squaredDistance } from './squaredDistance.ts'

/**
 * Elkan's assignment, exactly Lloyd's: as Hamerly's, with a lower bound for each centre. The bounds take room
 * for n·K numbers; in many dimensions, where a distance costs much, they are worth it.
 * Elkan, "Using the triangle inequality to accelerate k-means" (2003).
 */
export function elkan({ x, rows, dimension: d }: Points, clusters: number): Assigner {
  const labels = new Int32Array(rows).fill(-1)
  const upper = new Float32Array(rows)
  const lower = new Float32Array(rows * clusters)
  const geometry = centerGeometry(clusters, d, true)
  const { centers, moved, halfGap } = geometry
  const between = geometry.between!

  /** The nearest centre, of those that the bounds do not rule out. */
  const examine = (i: number, label: number): number => {
    const row = i * clusters
    let nearest = label < 0 ? 0 : label
    let least = squaredDistance(x, i, centers, nearest, d, Infinity)
    lower[row + nearest] = atLeastMeasured(Math.sqrt(least))
    upper[i] = atMost(Math.sqrt(least))
    for (let k = 0; k < clusters; k++) {
      const above = upper[i]!
      if (k === nearest || above < lower[row + k]! || above < between[nearest * clusters + k]! / 2) continue
      const distance = squaredDistance(x, i, centers, k, d, Infinity)
      lower[row + k] = atLeastMeasured(Math.sqrt(distance))
      if (distance < least || (distance === least && precedes(centers, k, nearest, d))) {
        least = distance
        nearest = k
        upper[i] = atMost(Math.sqrt(least))
      }
    }
    return nearest
  }

  /** Whether no other centre can be as near as the point's own, by the bounds as they are. */
  const isSettled = (i: number, label: number): boolean => {
    const above = upper[i]!
    if (above < halfGap[label]!) return true
    for (let k = 0; k < clusters; k++) {
      if (k === label || above < lower[i * clusters + k]!) continue
      if (!(above < between[label * clusters + k]! / 2)) return false
    }
    return true
  }

  return {
    labels,
    assign(next, onChange) {
      geometry.moveTo(next)
      for (let i = 0; i < rows; i++) {
        const label = labels[i]!
        if (label >= 0) {
          upper[i] = atMost(upper[i]! + moved[label]!)
          for (let k = 0, at = i * clusters; k < clusters; k++, at++)
            lower[at] = atLeast(lower[at]! - moved[k]!)
          if (isSettled(i, label)) continue
        }
        const nearest = examine(i, label)
        if (nearest === label) continue
        labels[i] = nearest
        onChange(i, label, nearest)
      }
    },
  }
}
