/**
 * The log density above which the highest-density region of each level lies: the smallest region that holds
 * that share of the probability on the grid. R. J. Hyndman, "Computing and graphing highest density
 * regions", The American Statistician 50 (1996) 120–126.
 *
 * The density need not be normalised. −Infinity (no density) is allowed.
 *
 * @param logDensity at the points of a regular grid, all cells of one size.
 * @param levels shares of the probability, in (0, 1).
 * @returns one threshold a level, in the order of `levels`.
 */
export function highestDensity(logDensity: Float64Array, levels: readonly number[]): number[] {
  const sorted = logDensity.toSorted().toReversed()
  const peak = sorted[0]!
  const mass = sorted.map((value) => Math.exp(value - peak))
  const total = mass.reduce((sum, value) => sum + value, 0)
  return levels.map((level) => {
    let held = 0
    const last = mass.findIndex((value) => (held += value) >= level * total)
    return sorted[last < 0 ? sorted.length - 1 : last]!
  })
}
