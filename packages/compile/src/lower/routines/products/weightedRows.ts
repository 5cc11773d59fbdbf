import { repeat, variable, whole, type Statement, type Variable } from '../../../wasm/statement.ts'
import { I32, type Value } from '../../../wasm/value.ts'
import type { Target } from '../../target.ts'
import { fillZeros } from '../fillZeros.ts'
import { plus } from '../integers.ts'
import { splatAt, storeVector } from '../memory.ts'
import { split } from '../split.ts'

/** Rows that are added up before they are added to the result. */
const AT_ONCE = 8

/** A matrix whose rows hold their numbers one after the other. */
export interface Weighted {
  readonly inner: number
  readonly columns: number
  /** The bytes from one row to the next. */
  readonly row: number
}

/**
 * The sum of the rows of W, each times a number of x: y = xᵀ·W.
 *
 * @param x where the numbers begin; it moves on to their end.
 * @param w where the first row begins; it moves on to the end of the last.
 */
export function weightedRows(
  target: Target,
  { inner, columns, row }: Weighted,
  x: Variable,
  w: Variable,
  y: Variable,
): readonly Statement[] {
  const { vectors: l } = target
  const { length, count, shorterCount } = split(inner, AT_ONCE)
  const rest = columns % l.count
  const end = (columns - rest) * l.bytes
  const groups = (rows: number, times: number): readonly Statement[] => {
    if (times === 0) return []
    const factors = Array.from({ length: rows }, (_, i) => splatAt(l, x.get, i * l.bytes))
    const at = variable(I32)
    const added = (lanes: number): readonly Statement[] => {
      const [ofW, ofY] = [plus(w.get, at.get), plus(y.get, at.get)]
      const sum = factors.reduce<Value | undefined>((terms, factor, i) => {
        const vector = l.load(ofW, i * row)
        return terms ? l.multiplyAdd(vector, factor, terms) : l.mul(vector, factor)
      }, undefined)
      return storeVector(l, l.add(l.load(ofY, 0), sum!), ofY, 0, lanes)
    }
    const body = [
      // What is read at `at` changes with it: without a loop it is set, so that the sums so far are not read before all.
      end > 0 ? repeat(at, 0, end, 16, added(l.count)) : { variable: at, to: whole(0) },
      ...(rest > 0 ? added(rest) : []),
      { variable: x, to: plus(x.get, rows * l.bytes) },
      { variable: w, to: plus(w.get, rows * row) },
    ]
    return times === 1 ? body : [repeat(variable(I32), 0, times, 1, body)]
  }
  return [...fillZeros(target, y.get, columns), ...groups(length, count), ...groups(length - 1, shorterCount)]
}
