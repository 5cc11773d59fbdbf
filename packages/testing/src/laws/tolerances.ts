import type { Nested } from '../distribution.ts'
import { numbersOf } from '../oracle/nested.ts'

/** A variable of a log density, with its derivatives at each value. */
interface Variable {
  readonly first: readonly (readonly (number | null)[])[]
  readonly second: readonly (readonly (number | null)[])[] | undefined
}

/** How a log density lies at each value. */
interface Densities {
  readonly values: readonly Nested[]
  readonly leaves: readonly { readonly value: Nested }[]
  readonly logProb: readonly number[]
  readonly sensitivity: readonly number[]
}

/** What a gradient, and a second derivative, may be wrong by, of their size. */
export const GRADIENT = 2e-4
export const SECOND = 1e-3

/** Below the smallest normal float32 digits are lost. */
const TINY = 2 ** -126

/**
 * A gradient g may be wrong by 2e-4 of the larger of |g| and √|h|, h the second derivative: where g passes through 0,
 * √|h| is its natural size (that of its spread over draws, whose variance is the Fisher information −E h). Where the
 * problem is ill-conditioned, by as much of that as 4 ulp of an input change the log density. Entries of a vector or
 * matrix whose second derivative is not known are held to its largest entry; all may have 1e-6 of it, for rounding.
 * What changes the log density by less than its own 2e-6 over the largest length of the problem is nothing.
 */
export function gradientTolerance(
  item: Densities,
  { first, second }: Variable,
  v: number,
  i: number,
): number {
  const largest = sizeOf(first[v]!)
  const h = second?.[v]?.[i]
  const size =
    h === null || h === undefined ? largest : Math.max(Math.abs(first[v]![i]!), Math.sqrt(Math.abs(h)))
  return Math.max(
    Math.max(GRADIENT, conditionOf(item, v)) * size,
    1e-6 * largest,
    2e-6 / lengthOf(item, v),
    TINY,
  )
}

/**
 * A second derivative h may be wrong by 1e-3 of the larger of |h| and its natural size: the squared gradient, but at
 * most the upper quartile of |h| over the values of the case, for far from the mode the squared gradient grows
 * without h. Ill conditions and rounding count as above.
 */
export function secondTolerance(item: Densities, { first, second }: Variable, v: number, i: number): number {
  const sizes = second!.map((row) => Math.abs(row[i] ?? 0)).sort((a, b) => a - b)
  const quartile = sizes[Math.floor(0.75 * sizes.length)]!
  const size = Math.max(Math.abs(second![v]![i]!), Math.min(quartile, (first[v]![i] ?? 0) ** 2))
  return Math.max(
    Math.max(SECOND, conditionOf(item, v)) * size,
    1e-6 * sizeOf(second![v]!),
    2e-6 / lengthOf(item, v) ** 2,
    TINY,
  )
}

/** What 4 ulp of an input change of a log density, as a share of it. */
export function conditionOf(
  { logProb, sensitivity }: Pick<Densities, 'logProb' | 'sensitivity'>,
  v: number,
): number {
  return (4 * sensitivity[v]!) / Math.max(1, Math.abs(logProb[v]!))
}

/** The largest number among a value and the parameters. */
function lengthOf({ values, leaves }: Densities, v: number): number {
  const numbers = [values[v]!, ...leaves.map(({ value }) => value)].flatMap(numbersOf).filter(Number.isFinite)
  return Math.max(...numbers.map(Math.abs), TINY)
}

function sizeOf(row: readonly (number | null)[]): number {
  return Math.max(...row.map((x) => Math.abs(x ?? 0)))
}
