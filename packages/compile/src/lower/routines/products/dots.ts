import { repeat, variable, type Statement, type Variable } from '../../../wasm/statement.ts'
import { I32, V128, type Value } from '../../../wasm/value.ts'
import type { Target } from '../../target.ts'
import { plus } from '../integers.ts'
import { combinedLanes, mask, store } from '../memory.ts'
import { split } from '../split.ts'

/** How many sums are added to at once, so that they need not wait for each other. */
const AT_ONCE = 6

/** A matrix whose rows hold their numbers one after the other. */
export interface Rows {
  readonly rows: number
  readonly inner: number
  /** The bytes from one row to the next. */
  readonly row: number
}

/**
 * The inner products of the rows of W with x: y = W·x.
 *
 * @param w where the first row begins; it moves on to the end of the last.
 * @param y where the results begin; it moves on to their end.
 */
export function dots(
  target: Target,
  { rows, inner, row }: Rows,
  w: Variable,
  x: Variable,
  y: Variable,
): readonly Statement[] {
  const { length, count, shorterCount } = split(rows, AT_ONCE)
  const strips = (height: number, times: number): readonly Statement[] => {
    if (times === 0) return []
    const body = [
      ...strip(target, { rows: height, inner, row }, w.get, x.get, y.get),
      { variable: w, to: plus(w.get, height * row) },
      { variable: y, to: plus(y.get, height * target.lanes.bytes) },
    ]
    return times === 1 ? body : [repeat(variable(I32), 0, times, 1, body)]
  }
  return [...strips(length, count), ...strips(length - 1, shorterCount)]
}

/** The inner products of a few rows, each in one sum or in several parts. */
function strip(
  target: Target,
  { rows, inner, row }: Rows,
  w: Value,
  x: Value,
  y: Value,
): readonly Statement[] {
  const { vectors: l, lanes: one } = target
  const sums = Array.from({ length: rows }, () =>
    Array.from({ length: Math.floor(AT_ONCE / rows) }, () => variable(V128)),
  )
  const parts = sums[0]!.length
  /** Adds the products of the vectors at an offset. */
  const added = (ofW: Value, ofX: Value, offset: number, part: number): readonly Statement[] => {
    const shared = l.load(ofX, offset)
    return sums.map((own, i) => {
      const { get } = own[part]!
      return { variable: own[part]!, to: l.multiplyAdd(l.load(ofW, i * row + offset), shared, get) }
    })
  }
  const vectors = Math.floor(inner / l.count)
  const rest = inner % l.count
  const end = 16 * (vectors - (vectors % parts))
  const at = variable(I32)
  const step = sums[0]!.flatMap((_, part) => added(plus(w, at.get), plus(x, at.get), 16 * part, part))
  const others = Array.from({ length: vectors % parts }, (_, part) => added(w, x, end + 16 * part, part))
  const last = sums.map(([sum], i): Statement => {
    const product = l.mul(l.load(w, i * row + 16 * vectors), l.load(x, 16 * vectors))
    return { variable: sum!, to: l.add(sum!.get, l.and(product, mask(rest, l.bytes))) }
  })
  return [
    ...sums.flat().map((sum): Statement => ({ variable: sum, to: l.constant(0) })),
    ...(end > 0 ? [repeat(at, 0, end, 16 * parts, step)] : []),
    ...others.flat(),
    ...(rest > 0 ? last : []),
    ...sums.map((own, i) => {
      const total = own.map(({ get }) => get).reduce((a, b) => l.add(a, b))
      return store(
        one,
        combinedLanes(l, one, total, (a, b) => one.add(a, b)),
        y,
        i * l.bytes,
      )
    }),
  ]
}
