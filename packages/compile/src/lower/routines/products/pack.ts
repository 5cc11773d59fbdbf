import type { Lanes } from '../../../wasm/lanes.ts'
import { variable, type Statement } from '../../../wasm/statement.ts'
import { I32, type Value } from '../../../wasm/value.ts'
import { plus, times } from '../integers.ts'
import { loadLane, storeVector } from '../memory.ts'
import { vectorsOf } from './product.ts'

/** Columns of a matrix; distances are in bytes. */
export interface Columns {
  readonly columns: number
  /** From one number of a column to the next. */
  readonly inner: number
  /** From one column to the next. */
  readonly column: number
}

/**
 * Copies `depth` rows of columns to where they follow each other, each filled up to whole vectors: with zeros where columns
 * are not neighbours, else with what stands there.
 */
export function pack(
  l: Lanes,
  { columns, inner, column }: Columns,
  from: Value,
  to: Value,
  depth: Value,
): readonly Statement[] {
  const width = vectorsOf(l, columns)
  const [read, written, end] = [variable(I32), variable(I32), variable(I32)]
  const vector = (v: number): Value => {
    if (column === l.bytes) return l.load(read.get, 16 * v)
    let x = l.constant(0)
    for (let lane = 0; lane < Math.min(l.count, columns - v * l.count); lane++) {
      x = loadLane(l, x, lane, read.get, (v * l.count + lane) * column)
    }
    return x
  }
  const row = Array.from({ length: width }, (_, v) => storeVector(l, vector(v), written.get, 16 * v)).flat()
  const next: Statement = { variable: read, to: plus(read.get, inner) }
  return [
    { variable: read, to: from },
    { variable: end, to: plus(to, times(depth, 16 * width)) },
    { index: written, from: to, to: end.get, step: 16 * width, mayBeEmpty: false, body: [...row, next] },
  ]
}
