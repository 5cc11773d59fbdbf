/**
 * The largest difference between two lists of numbers, relative to the largest number expected; NaN if any
 * is NaN, so that no comparison passes by accident.
 */
export function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length)
    throw new Error(`lengths differ: ${actual.length} and ${expected.length}`)
  let difference = 0
  let size = 0
  for (let i = 0; i < expected.length; i++) {
    const gap = Math.abs(actual[i]! - expected[i]!)
    if (Number.isNaN(gap)) return NaN
    difference = Math.max(difference, gap)
    size = Math.max(size, Math.abs(expected[i]!))
  }
  return size === 0 ? difference : difference / size
}
