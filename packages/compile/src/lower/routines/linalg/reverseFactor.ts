import { float64Bytes } from '../../../wasm/encode.ts'
import { toDouble } from '../../element.ts'
import { repeat, variable, whole, type Loop, type Statement } from '../../../wasm/statement.ts'
import { F64, fresh, I32, V128, value, type Value } from '../../../wasm/value.ts'
import { vectorOf } from '../../../wasm/vectorOf.ts'
import { minus, plus, times } from '../integers.ts'
import { store } from '../memory.ts'
import { loadPairs, one, pair, splat, splatWide, storePairs } from './wide.ts'

/** Two matrices in float64, one behind the other, whose rows are blocks of eight columns. */
export interface Pair {
  readonly n: number
  /** Where the factor lies, zeros above its diagonal. */
  readonly factor: number
  /** How many bytes behind it the slopes lie. */
  readonly slopes: number
  /** The bytes from a row to the next. */
  readonly row: number
}

/** The columns that are computed at once, and their bytes. */
const [WIDTH, BLOCK] = [8, 64]

/** How long rows of n numbers are: such that those below each other do not compete for the same places of a cache. */
export function rowOf(n: number): number {
  const blocks = Math.ceil(n / WIDTH)
  return BLOCK * (blocks + (blocks % 2 === 0 ? 1 : 0))
}

/**
 * Replaces slopes in a Cholesky factor by those in the matrix that it is of, as `reverseCholesky` of core does, terms in the
 * same order; the factor is lost.
 */
export function reverseFactor({ n, factor, slopes, row }: Pair): readonly Statement[] {
  const [turn, j, diagonal] = [variable(I32), variable(I32), variable(I32)]
  const [below, column, full] = [variable(I32), variable(I32), variable(I32)]
  const [inverse, own, slope] = [variable(F64), variable(F64), variable(F64)]
  const rowJ = plus(times(j.get, row), factor)
  /** Statements for each row below j, its element of column j being at `below`. */
  const overRows = (body: readonly Statement[]): Loop => ({
    index: below,
    from: plus(diagonal.get, row),
    to: plus(times(j.get, 8), factor + n * row),
    step: row,
    mayBeEmpty: true,
    body,
  })
  /** Loops over blocks of columns. */
  const overColumns = (from: Value, to: Value, isLast: boolean): Loop => ({
    index: column,
    from,
    to,
    step: BLOCK,
    mayBeEmpty: true,
    body: block({
      rowJ,
      column: column.get,
      own: own.get,
      slopes,
      overRows,
      below: below.get,
      j: j.get,
      isLast,
    }),
  })
  return [
    repeat(turn, 0, n, 1, [
      { variable: j, to: minus(whole(n - 1), turn.get) },
      { variable: diagonal, to: plus(rowJ, times(j.get, 8)) },
      { variable: inverse, to: one.div(one.constant(1), fresh(one.load(diagonal.get, 0))) },
      { variable: own, to: fresh(one.load(diagonal.get, slopes)) },
      overRows([
        { variable: slope, to: one.mul(fresh(one.load(below.get, slopes)), inverse.get) },
        store(one, slope.get, below.get, slopes),
        { variable: own, to: one.sub(own.get, one.mul(fresh(one.load(below.get, 0)), slope.get)) },
      ]),
      { variable: own, to: one.mul(own.get, inverse.get) },
      store(one, one.constant(0), diagonal.get, 0),
      { variable: full, to: value(I32, [0x71], [times(j.get, 8), whole(-BLOCK)]) },
      overColumns(whole(0), full.get, false),
      overColumns(full.get, times(j.get, 8), true),
      store(one, one.mul(own.get, one.constant(0.5)), diagonal.get, slopes),
    ]),
  ]
}

/** Eight columns of row j and of the rows below it. */
interface Block {
  /** Where row j begins. */
  readonly rowJ: Value
  /** The byte of a row where they begin. */
  readonly column: Value
  /** The slope of the element on the diagonal. */
  readonly own: Value
  readonly slopes: number
  readonly below: Value
  readonly j: Value
  /** Whether column j is among them, so that it and those behind it stay as they are. */
  readonly isLast: boolean
  overRows(body: readonly Statement[]): Loop
}

/** Takes from row j what the rows below contribute to it, and from those what it contributes to them. */
function block({ rowJ, column, own, slopes, overRows, below, j, isLast }: Block): readonly Statement[] {
  const sums = Array.from({ length: WIDTH / 2 }, () => variable(V128))
  const ofJ = sums.map(() => variable(V128))
  const of = variable(V128)
  const masks = isLast ? sums.map(() => variable(V128)) : []
  const end = splat(toDouble(times(j, 8)))
  const first = splat(toDouble(column))
  const isBefore = (v: number): Value =>
    pair.lt(pair.add(first, vectorOf([...float64Bytes(16 * v), ...float64Bytes(16 * v + 8)])), end)
  const kept = (v: number, updated: Value, before: Value): Value =>
    isLast ? pair.select(masks[v]!.get, updated, before) : updated
  const here = plus(rowJ, column)
  // From column j to these.
  const there = plus(minus(below, times(j, 8)), column)
  return [
    ...masks.map((variable, v): Statement => ({ variable, to: isBefore(v) })),
    ...loadPairs(pair, here, sums.length).map((to, v): Statement => ({ variable: ofJ[v]!, to: fresh(to) })),
    ...loadPairs(pair, plus(here, slopes), sums.length).map((x, v): Statement => ({
      variable: sums[v]!,
      to: pair.sub(fresh(x), pair.mul(splat(own), ofJ[v]!.get)),
    })),
    overRows([
      { variable: of, to: fresh(splatWide(one, plus(below, slopes))) },
      ...loadPairs(pair, there, sums.length).map((x, v): Statement => ({
        variable: sums[v]!,
        to: pair.sub(sums[v]!.get, pair.mul(of.get, fresh(x))),
      })),
      ...storePairs(
        pair,
        loadPairs(pair, plus(there, slopes), sums.length).map((x, v) =>
          kept(v, pair.sub(fresh(x), pair.mul(of.get, ofJ[v]!.get)), fresh(x)),
        ),
        plus(there, slopes),
        WIDTH,
      ),
    ]),
    ...storePairs(
      pair,
      sums.map(({ get }) => get),
      plus(here, slopes),
      WIDTH,
    ),
  ]
}
