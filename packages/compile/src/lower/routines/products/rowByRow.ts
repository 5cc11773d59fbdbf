import type { Lanes } from '../../../wasm/lanes.ts'
import { variable, type Statement, type Variable } from '../../../wasm/statement.ts'
import { I32, V128, type Value } from '../../../wasm/value.ts'
import { minus } from '../integers.ts'
import { storeVector } from '../memory.ts'
import { moved, type Epilogue } from './epilogue.ts'
import { vectorsOf } from './product.ts'

/** So many vectors are read before any is written, so that the processor need not finish one before it begins the next. */
const AT_ONCE = 4

/** Columns of some rows of a product in memory: from where to where, and the bytes from one row to the next. */
export interface Rows {
  readonly columns: number
  readonly from: Variable
  readonly to: Variable
  readonly step: number
}

/** Makes of the sums that rows hold what is stored there. */
export function rowByRow(
  l: Lanes,
  epilogue: Epilogue,
  { columns, from, to, step }: Rows,
): readonly Statement[] {
  const width = vectorsOf(l, columns)
  const most = Math.max(1, Math.floor(AT_ONCE / width))
  const [row, rest, end] = [variable(I32), variable(I32), variable(I32)]
  const body = (rows: number): readonly Statement[] => {
    const first: Statement[] = []
    const kept = (to: Value): Value => {
      const x = variable(V128)
      first.push({ variable: x, to })
      return x.get
    }
    const made = epilogue.ofTile(kept)
    const stores = Array.from({ length: rows * width }, (_, i) => {
      const [down, right] = [Math.floor(i / width), i % width]
      const offset = down * step + 16 * right
      const result = made(kept(l.load(row.get, offset)), down, right)
      return storeVector(l, result, row.get, offset, Math.min(l.count, columns - right * l.count))
    })
    return [...first, ...stores.flat(), ...moved(epilogue, rows, 0)]
  }
  const loop = (rows: number, begin: Variable, until: Variable): Statement => ({
    index: row,
    from: begin.get,
    to: until.get,
    step: rows * step,
    mayBeEmpty: true,
    body: body(rows),
  })
  if (most === 1) return [loop(1, from, to)]
  return [
    { variable: end, to: minus(to.get, (most - 1) * step) },
    loop(most, from, end),
    { variable: rest, to: row.get },
    loop(1, rest, to),
  ]
}
