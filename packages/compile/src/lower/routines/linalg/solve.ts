import type { Lanes } from '../../../wasm/lanes.ts'
import { repeat, variable, whole, type Statement } from '../../../wasm/statement.ts'
import { I32, V128, type Value } from '../../../wasm/value.ts'
import { minus, plus, times } from '../integers.ts'
import { loadPairs, pair, splatWide, storePairs } from './wide.ts'

/** A matrix in memory, in a precision. Distances are in bytes. */
export interface Matrix {
  readonly l: Lanes
  readonly at: Value
  /** From one row to the next. */
  readonly row: number
}

/** A triangular matrix of n rows, or the transpose of one. */
export interface Triangular extends Matrix {
  readonly n: number
  /** From one column to the next. */
  readonly column: number
  /** Whether its first row is the one that has one number. */
  readonly isLower: boolean
}

/** Columns that are solved for together: their sums stay in registers. */
export const COLUMNS = 8

/** The bytes of a row of so many columns in float64. */
export function wideRow(columns: number): number {
  return 16 * Math.ceil(columns / 2)
}

/**
 * Solves for at most `COLUMNS` right-hand sides by substitution, terms in the order of core. Golub & Van Loan §3.1.
 *
 * @param work the address of rows in float64, where the solution is left.
 * @param from the right-hand sides, if they are not there.
 * @param to where the solution is stored as well.
 */
export function solve(
  { l, at, n, row, column, isLower }: Triangular,
  columns: number,
  work: number,
  from: Matrix | undefined,
  to?: Matrix,
): readonly Statement[] {
  const rowOfWork = wideRow(columns)
  const sums = Array.from({ length: rowOfWork / 16 }, () => variable(V128))
  const [step, i, factor, x] = [variable(I32), variable(I32), variable(I32), variable(I32)]
  const rowOf = (index: Value, matrix: Matrix): Value => plus(matrix.at, times(index, matrix.row))
  const inWork: Matrix = { l: pair, at: whole(work), row: rowOfWork }
  const given = from ?? inWork
  const [first, end] = isLower ? [whole(0), i.get] : [plus(i.get, 1), whole(n)]
  const others = loadPairs(pair, x.get, sums.length)
  const ofRow = splatWide(l, factor.get)
  const solved = sums.map(({ get }) => get)
  const pivot = splatWide(l, plus(at, times(i.get, row + column)))
  const body: readonly Statement[] = [
    { variable: i, to: isLower ? step.get : minus(whole(n - 1), step.get) },
    ...loadPairs(given.l, rowOf(i.get, given), sums.length).map((to, v) => ({ variable: sums[v]!, to })),
    { variable: factor, to: plus(plus(at, times(i.get, row)), times(first, column)) },
    {
      index: x,
      from: rowOf(first, inWork),
      to: rowOf(end, inWork),
      step: rowOfWork,
      mayBeEmpty: true,
      body: [
        ...sums.map((sum, v) => ({ variable: sum, to: pair.sub(sum.get, pair.mul(ofRow, others[v]!)) })),
        { variable: factor, to: plus(factor.get, column) },
      ],
    },
    ...sums.map((sum) => ({ variable: sum, to: pair.div(sum.get, pivot) })),
    ...storePairs(pair, solved, rowOf(i.get, inWork), 2 * sums.length),
    ...(to ? storePairs(to.l, solved, rowOf(i.get, to), columns) : []),
  ]
  return [repeat(step, 0, n, 1, body)]
}
