import { symmetricSize, transposed } from '../oracle/nested.ts'
import type { Variable } from './variables.ts'

/** Where a function is asked for differences, in steps. */
export const POINTS = [-3, -2, -1, 0, 1, 2, 3] as const

/** A step, in units of 1 / √|second derivative|, and at most so much of the number that moves. */
const STEP = 0.1
/** No two entries of a small vector move alike. */
const SHARES = [1, -0.75, 0.5, 0.875, -0.625, 0.25, -1]

const weighted = (weights: readonly number[], ys: readonly number[]): number =>
  ys.reduce((total, y, p) => total + weights[p]! * y, 0)

/** The derivative at the middle of seven numbers, with an error of the sixth order. */
export function slopeOf(ys: readonly number[]): number {
  return weighted([-1 / 60, 3 / 20, -3 / 4, 0, 3 / 4, -3 / 20, 1 / 60], ys)
}

/** The same from the inner five. */
export function slopeOfFourthOrder(ys: readonly number[]): number {
  return weighted([0, 1 / 12, -2 / 3, 0, 2 / 3, -1 / 12, 0], ys)
}

/** |The sixth difference|: 30 times what the numbers are rounded by, for what is smooth has next to none. */
export function sixthDifference(ys: readonly number[]): number {
  return Math.abs(weighted([1, -6, 15, -20, 15, -6, 1], ys))
}

/**
 * A step for each number of a variable: along a simplex for what sums to 1, symmetric for what is.
 *
 * @param most of the natural size.
 */
export function stepsOf(variable: Variable, most: number): number[] {
  const { name, numbers, shape } = variable
  const natural = naturalSteps(variable)
  const isSimplex = shape.length === 1 && numbers.every(isShares) && (name === 'value' || name === 'probs')
  return numbers.flatMap((row, v) => {
    const n = symmetricSize(row, shape)
    const own = row.map((x, i) => {
      const place = n === undefined ? i : Math.min(i, transposed(i, n))
      return SHARES[place % SHARES.length]! * STEP * Math.min(natural[v]![i]!, most, Math.abs(x) || Infinity)
    })
    if (!isSimplex) return own
    const excess = own.reduce((sum, x) => sum + x, 0)
    return own.map((x, i) => x - excess * row[i]!)
  })
}

/**
 * 1 / √|second derivative| or 1 / |gradient|, the shorter; where both are next to nothing, as for a component that a
 * value is far from, not many times that of other values.
 */
function naturalSteps({ numbers, first, second }: Variable): number[][] {
  const own = numbers.map((row, v) => {
    const largest = Math.max(...row.map(Math.abs)) || 1
    return row.map((_, i) => {
      const curvature = Math.max(Math.abs(second?.[v]?.[i] ?? 0), (first[v]?.[i] ?? 0) ** 2)
      return curvature > 0 ? 1 / Math.sqrt(curvature) : largest
    })
  })
  return own.map((row) =>
    row.map((step, i) => {
      const others = own.map((other) => other[i]!).sort((a, b) => a - b)
      return Math.min(step, 4 * others[others.length >> 1]!)
    }),
  )
}

function isShares(row: readonly number[]): boolean {
  return row.length > 1 && Math.abs(row.reduce((sum, x) => sum + x, 0) - 1) < 1e-5
}

/** Where the transposed entry of a symmetric matrix is; of others, the entry itself. */
export function mirrorOf({ numbers, shape }: Variable, v: number, i: number): number {
  const n = symmetricSize(numbers[v]!, shape)
  return n === undefined ? i : transposed(i, n)
}
