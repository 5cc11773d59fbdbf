import {
  repeat,
  variable,
  whole,
  type Instruction,
  type Statement,
  type Variable,
} from '../../../wasm/statement.ts'
import { I32, V128, value } from '../../../wasm/value.ts'
import type { Target } from '../../target.ts'
import { fillZeros } from '../fillZeros.ts'
import { plus, times } from '../integers.ts'
import type { Claim } from '../claims.ts'
import { COLUMNS, type Triangular } from './solve.ts'
import { loadPairs, loadWide, one, pair, splat, splatWide, storePairs } from './wide.ts'

/** The factor L of A = L·Lᵀ, in float64. */
export interface Factor {
  /** Computes it, of the matrix at `a`. */
  readonly call: Instruction
  readonly a: Variable
  readonly lower: Triangular
  readonly upper: Triangular
}

/** What a factor takes, in instructions of numbers. */
export function workOf(n: number): number {
  return n ** 3 / 3 + 20 * n ** 2
}

/**
 * The Cholesky factor of the lower triangle of a matrix, by rows of its transpose, terms in the order of core. It claims
 * that pivots are positive and finite, which they are not where the triangle holds NaN. Golub & Van Loan §4.2.
 */
export function factor(target: Target, n: number, claim: Claim): Factor {
  // Rows are computed in blocks of columns; what these have on the other side of the diagonal is not used.
  const columns = Math.min(COLUMNS, n + (n % 2))
  const blocks = Math.ceil(n / columns)
  const width = 8 * columns * blocks
  // Rows that are powers of 2 apart would compete for the same places of a cache.
  const row = width + (blocks > 2 ? 64 * ((blocks + 1) % 2) : 0)
  const at = target.room(n * row)
  const [a, i] = [variable(I32), variable(I32)]
  const rows = { rowI: variable(I32), columnI: variable(I32) }
  const statements = [
    ...fillZeros(target, whole(at), (n * row) / target.lanes.bytes),
    repeat(i, 0, n, 1, readRow(target, n, a, i, at, row)),
    repeat(i, 0, n, 1, [
      { variable: rows.rowI, to: plus(times(i.get, row), at) },
      { variable: rows.columnI, to: times(i.get, 8) },
      ...computeRow({ at, row, width, columns }, rows.rowI, rows.columnI, claim),
    ]),
  ]
  const matrix = { l: one, at: whole(at), n }
  return {
    call: target.define(statements, [a]),
    a,
    lower: { ...matrix, row: 8, column: row, isLower: true },
    upper: { ...matrix, row, column: 8, isLower: false },
  }
}

/** Writes row i of the triangle as a column. */
function readRow(
  { lanes: l }: Target,
  n: number,
  a: Variable,
  i: Variable,
  at: number,
  row: number,
): readonly Statement[] {
  const [from, to, end] = [variable(I32), variable(I32), variable(I32)]
  const start = plus(a.get, times(i.get, n * l.bytes))
  return [
    { variable: to, to: plus(times(i.get, 8), at) },
    { variable: end, to: plus(start, times(plus(i.get, 1), l.bytes)) },
    {
      index: from,
      from: start,
      to: end.get,
      step: l.bytes,
      mayBeEmpty: false,
      body: [
        { code: [0x39, 3, 0], args: [to.get, loadWide(l, from.get)] },
        { variable: to, to: plus(to.get, row) },
      ],
    },
  ]
}

/** Takes from row i what the rows above it contribute, and divides by the root of its pivot. */
function computeRow(
  { at, row, width, columns }: Readonly<Record<'at' | 'row' | 'width' | 'columns', number>>,
  rowI: Variable,
  columnI: Variable,
  claim: Claim,
): readonly Statement[] {
  const sums = Array.from({ length: columns / 2 }, () => variable(V128))
  const totals = sums.map(({ get }) => get)
  const [k, block] = [variable(I32), variable(I32)]
  const [pivot, root] = [variable(one.type), variable(one.type)]
  const diagonal = plus(rowI.get, columnI.get)
  const here = plus(rowI.get, block.get)
  const others = loadPairs(pair, plus(k.get, block.get), sums.length)
  const ofRow = splatWide(one, plus(k.get, columnI.get))
  const overBlocks = (body: readonly Statement[]): Statement => ({
    index: block,
    from: width > 8 * columns ? value(I32, [0x71], [columnI.get, whole(-8 * columns)]) : whole(0),
    to: whole(width),
    step: 8 * columns,
    mayBeEmpty: false,
    body,
  })
  return [
    overBlocks([
      ...loadPairs(pair, here, sums.length).map((to, v) => ({ variable: sums[v]!, to })),
      {
        index: k,
        from: whole(at),
        to: rowI.get,
        step: row,
        mayBeEmpty: true,
        body: sums.map((sum, v) => ({ variable: sum, to: pair.sub(sum.get, pair.mul(ofRow, others[v]!)) })),
      },
      ...storePairs(pair, totals, here, columns),
    ]),
    { variable: pivot, to: one.load(diagonal, 0) },
    claim(one.both(one.gt(pivot.get, one.constant(0)), one.lt(pivot.get, one.constant(Infinity)))),
    { variable: root, to: one.sqrt(pivot.get) },
    overBlocks(
      storePairs(
        pair,
        loadPairs(pair, here, sums.length).map((x) => pair.div(x, splat(root.get))),
        here,
        columns,
      ),
    ),
    { code: [0x39, 3, 0], args: [diagonal, root.get] },
  ]
}
