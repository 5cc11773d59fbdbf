import type { Case } from '../oracle/parseOracle.ts'

interface Variable {
  readonly numbers: readonly (readonly number[])[]
  readonly first: readonly (readonly (number | null)[])[]
  readonly second: readonly (readonly (number | null)[])[] | undefined
}

const ULP = 2 ** -23
/** Below the smallest normal float32 digits are lost. */
const TINY = 2 ** -126

/**
 * A gradient g may be wrong by 2e-4 of the larger of |g| and √|h|, h the second derivative: where g passes through 0,
 * √|h| is its natural size (that of its spread over draws, whose variance is the Fisher information −E h). Beside
 * that, the change that 4 ulp of the input make in it, |h|·ulp. Entries of one vector or matrix whose second
 * derivative is not known are held to the largest of them.
 */
export function gradientTolerance(
  _: Case,
  { numbers, first, second }: Variable,
  v: number,
  i: number,
): number {
  const row = first[v]!
  const h = second?.[v]?.[i]
  const size =
    h === null || h === undefined
      ? Math.max(...row.map((g) => Math.abs(g ?? 0)))
      : Math.max(Math.abs(row[i]!), Math.sqrt(Math.abs(h)))
  return Math.max(2e-4 * size, 4 * Math.abs(h ?? 0) * ULP * Math.abs(numbers[v]![i]!), TINY)
}

/**
 * A second derivative h may be wrong by 1e-3 of the larger of |h| and its natural size: the squared gradient, but at
 * most the median |h| over the values of the case, for far from the mode the squared gradient grows without h.
 */
export function secondTolerance(
  { first, second }: Variable,
  v: number,
  i: number,
  _shape: readonly number[],
): number {
  const sizes = second!.map((row) => Math.abs(row[i] ?? 0)).sort((a, b) => a - b)
  const median = sizes[sizes.length >> 1]!
  const size = Math.max(Math.abs(second![v]![i]!), Math.min(median, (first[v]![i] ?? 0) ** 2))
  return Math.max(1e-3 * size, TINY)
}
