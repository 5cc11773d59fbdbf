/** A mean with its standard error. */
export interface Estimate {
  readonly mean: number
  readonly standardError: number
}

/** The mean over digits of log p(x), each in the mean over the seeds. */
export function meanOverDigits(runs: readonly (readonly number[])[]): Estimate {
  return estimateOf(meanOf(runs))
}

/**
 * How much higher one model's log p(x) is than another's on the same digits: differences digit by digit, each in the mean over the
 * seeds, so that what makes a digit easy or hard for both does not count.
 */
export function pairedDifference(
  one: readonly (readonly number[])[],
  other: readonly (readonly number[])[],
): Estimate {
  const [a, b] = [meanOf(one), meanOf(other)]
  return estimateOf(a.map((x, digit) => x - b[digit]!))
}

/** How far the means of runs with several seeds lie apart: the lowest and the highest. */
export function spreadOf(runs: readonly (readonly number[])[]): readonly [low: number, high: number] {
  const means = runs.map((run) => estimateOf(run).mean)
  return [Math.min(...means), Math.max(...means)]
}

function meanOf(runs: readonly (readonly number[])[]): readonly number[] {
  return runs[0]!.map((_, digit) => runs.reduce((sum, run) => sum + run[digit]!, 0) / runs.length)
}

function estimateOf(values: readonly number[]): Estimate {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length
  const squares = values.reduce((sum, x) => sum + (x - mean) ** 2, 0)
  return { mean, standardError: Math.sqrt(squares / (values.length - 1) / values.length) }
}
