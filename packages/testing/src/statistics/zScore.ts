/** The mean of independent numbers against what it should be. */
export interface MeanTest {
  readonly mean: number
  readonly standardError: number
}

/** A single draw may make up at most so much of the sum of squares, else a normal mean cannot be relied on. */
const DOMINANCE = 0.02

/**
 * The mean of n independent numbers and its standard error, by their own spread; undefined where a few of them
 * decide it, as for heavy tails and rare events, of which the other tests of a sampler see more. One NaN makes it NaN.
 *
 * @param dominance the share of the sum of squares that a single number may have.
 */
export function meanTest(xs: ArrayLike<number>, dominance: number = DOMINANCE): MeanTest | undefined {
  const n = xs.length
  let sum = 0
  for (let i = 0; i < n; i++) sum += xs[i]!
  const mean = sum / n
  if (Number.isNaN(mean)) return { mean, standardError: 0 }
  let squares = 0
  let largest = 0
  for (let i = 0; i < n; i++) {
    const square = (xs[i]! - mean) ** 2
    squares += square
    largest = Math.max(largest, square)
  }
  // Rounding is no spread.
  const isConstant = squares <= n * (1e-6 * mean) ** 2
  if (isConstant || !(largest <= dominance * squares)) return undefined
  return { mean, standardError: Math.sqrt(squares / n / n) }
}
