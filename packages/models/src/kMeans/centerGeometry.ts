import { squaredDistance } from './squaredDistance.ts'

/**
 * Room for rounding: bounds are kept in float32, so that a million points take little; this is several times
 * what a rounding to float32 can move them, relatively, and `TINY` where float32 has no more digits.
 */
const SLACK = 4e-7
const TINY = 2 ** -148
const LARGEST = 2 ** 127
const UP = 1 + SLACK
const DOWN = 1 - SLACK

/** A distance, rounded up by more than float32 and the sums behind it can round it down. */
export function atMost(distance: number): number {
  return distance * UP + TINY
}

/** A distance, rounded down likewise. */
export function atLeast(distance: number): number {
  return distance * DOWN - TINY
}

/** A distance that is measured anew, rounded down, and not to beyond what float32 holds. */
export function atLeastMeasured(distance: number): number {
  return Math.min(LARGEST, atLeast(distance))
}

/** How centres lie to each other, and how far each moved from where it was. */
export interface CenterGeometry {
  /** [K, d]: where they are. */
  readonly centers: Float64Array
  /** [K]: how far each moved. */
  readonly moved: Float64Array
  /** [K]: the farthest that any other one moved. */
  readonly othersMoved: Float64Array
  /** [K]: at most half the distance to the nearest other centre. */
  readonly halfGap: Float64Array
  /** [K]: which one that is; −1 where there is none. */
  readonly neighbor: Int32Array
  /** [K, K]: at most the distances between them; absent where that is not asked for. */
  readonly between: Float64Array | undefined
  /** Takes the centres from where they are to `next`. */
  moveTo(next: Float64Array): void
}

export function centerGeometry(clusters: number, d: number, pairs: boolean): CenterGeometry {
  const centers = new Float64Array(clusters * d)
  const moved = new Float64Array(clusters)
  const othersMoved = new Float64Array(clusters)
  const halfGap = new Float64Array(clusters)
  const neighbor = new Int32Array(clusters)
  const between = pairs ? new Float64Array(clusters * clusters) : undefined
  const note = (k: number, other: number, gap: number): void => {
    if (between !== undefined) between[k * clusters + other] = gap
    if (gap / 2 >= halfGap[k]!) return
    halfGap[k] = gap / 2
    neighbor[k] = other
  }
  return {
    centers,
    moved,
    othersMoved,
    halfGap,
    neighbor,
    between,
    moveTo(next) {
      for (let k = 0; k < clusters; k++) {
        moved[k] = Math.sqrt(squaredDistance(centers, k, next, k, d, Infinity))
      }
      measureOthers(othersMoved, moved)
      centers.set(next)
      halfGap.fill(Infinity)
      neighbor.fill(-1)
      for (let k = 1; k < clusters; k++) {
        for (let other = 0; other < k; other++) {
          const gap = Math.sqrt(squaredDistance(centers, k, centers, other, d, Infinity)) * DOWN
          note(k, other, gap)
          note(other, k, gap)
        }
      }
    },
  }
}

function measureOthers(others: Float64Array, moved: Float64Array): void {
  const fastest = moved.reduce((best, move, k) => (move > moved[best]! ? k : best), 0)
  const runnerUp = moved.reduce((most, move, k) => (k === fastest ? most : Math.max(most, move)), 0)
  others.fill(moved[fastest]!)
  others[fastest] = runnerUp
}
