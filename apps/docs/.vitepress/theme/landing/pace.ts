/**
 * The pace of a run that somebody watches: the first steps one by one, slowly enough to follow, later ones
 * faster, and far out only some of them, so that 20 iterations and 700 both take a few seconds.
 */
export interface Pace {
  /** Whether to show the state after this many steps of the run. */
  isShown(steps: number): boolean
  /** Milliseconds to look at it. */
  delay(steps: number): number
}

const SLOWEST = 320
const FASTEST = 45

/** @param calm whether the reader asked for less motion: then nothing is shown before the end. */
export function pace(calm: boolean): Pace {
  let next = 1
  return {
    isShown(steps) {
      if (calm || steps < next) return false
      next = Math.ceil(steps * 1.06)
      if (next === steps) next++
      return true
    },
    delay: (steps) => Math.max(FASTEST, SLOWEST * 0.92 ** steps),
  }
}
