import { float64Bytes, unsigned } from '../../../wasm/encode.ts'
import { vectorCode } from '../../../wasm/instructions.ts'
import { toDouble } from '../../element.ts'
import { repeat, variable, whole, type Loop, type Statement, type Variable } from '../../../wasm/statement.ts'
import { I32, V128, value, type Value } from '../../../wasm/value.ts'
import { minus, plus, times } from '../integers.ts'
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
  const [turn, j, diagonal, below, column, full] = [I32, I32, I32, I32, I32, I32].map(
    variable,
  ) as unknown as readonly [Variable, Variable, Variable, Variable, Variable, Variable]
  const [inverse, own, slope] = [one, one, one].map(({ type }) => variable(type)) as unknown as readonly [
    Variable,
    Variable,
    Variable,
  ]
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
  return [
    repeat(turn, 0, n, 1, [
      { variable: j, to: minus(whole(n - 1), turn.get) },
      { variable: diagonal, to: plus(rowJ, times(j.get, 8)) },
      { variable: inverse, to: one.div(one.constant(1), fresh(one.load(diagonal.get, 0))) },
      { variable: own, to: fresh(one.load(diagonal.get, slopes)) },
      overRows([
        { variable: slope, to: one.mul(fresh(one.load(below.get, slopes)), inverse.get) },
        storeNumber(slope.get, below.get, slopes),
        { variable: own, to: one.sub(own.get, one.mul(fresh(one.load(below.get, 0)), slope.get)) },
      ]),
      { variable: own, to: one.mul(own.get, inverse.get) },
      storeNumber(one.constant(0), diagonal.get, 0),
      { variable: full, to: value(I32, [0x71], [times(j.get, 8), whole(-BLOCK)]) },
      {
        index: column,
        from: whole(0),
        to: full.get,
        step: BLOCK,
        mayBeEmpty: true,
        body: block(plus(rowJ, column.get), column, own.get, slopes, overRows, below, j, false),
      },
      {
        index: column,
        from: full.get,
        to: times(j.get, 8),
        step: BLOCK,
        mayBeEmpty: true,
        body: block(plus(rowJ, column.get), column, own.get, slopes, overRows, below, j, true),
      },
      storeNumber(one.mul(own.get, one.constant(0.5)), diagonal.get, slopes),
    ]),
  ]
}

/**
 * Takes from row j what the rows below contribute to it, and from those what it contributes to them, in some columns.
 *
 * @param isLast whether column j is among them, so that it and those behind it stay as they are.
 */
function block(
  here: Value,
  column: Variable,
  own: Value,
  slopes: number,
  overRows: (body: readonly Statement[]) => Loop,
  below: Variable,
  j: Variable,
  isLast: boolean,
): readonly Statement[] {
  const sums = Array.from({ length: WIDTH / 2 }, () => variable(V128))
  const ofJ = sums.map(() => variable(V128))
  const of = variable(V128)
  const masks = sums.map(() => variable(V128))
  const end = splat(toDouble(times(j.get, 8)))
  const first = splat(toDouble(column.get))
  const isBefore = (v: number): Value =>
    pair.lt(
      pair.add(
        first,
        value(V128, [...vectorCode(0x0c), ...float64Bytes(16 * v), ...float64Bytes(16 * v + 8)]),
      ),
      end,
    )
  const kept = (v: number, updated: Value, before: Value): Value =>
    isLast ? pair.select(masks[v]!.get, updated, before) : updated
  // From column j to these.
  const there = plus(minus(below.get, times(j.get, 8)), column.get)
  return [
    ...(isLast ? masks.map((variable, v): Statement => ({ variable, to: isBefore(v) })) : []),
    ...loadPairs(pair, here, sums.length).map((to, v): Statement => ({ variable: ofJ[v]!, to: fresh(to) })),
    ...loadPairs(pair, plus(here, slopes), sums.length).map((x, v): Statement => ({
      variable: sums[v]!,
      to: pair.sub(fresh(x), pair.mul(splat(own), ofJ[v]!.get)),
    })),
    overRows([
      { variable: of, to: fresh(splatWide(one, plus(below.get, slopes))) },
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

function storeNumber(x: Value, address: Value, offset: number): Statement {
  return { code: [0x39, 3, ...unsigned(offset)], args: [address, x] }
}

/** What is read where code writes, too. */
function fresh(x: Value): Value {
  return { ...x, isFresh: true }
}
