import { sizeOf } from '../../graph/node.ts'
import { repeat, variable, type Statement } from '../../wasm/statement.ts'
import { I32 } from '../../wasm/value.ts'
import type { Routine } from '../routines.ts'
import { batchInParts } from './batchInParts.ts'
import { plus, times } from './integers.ts'
import { overColumns } from './linalg/overColumns.ts'
import { COLUMNS, solve, wideRow, type Triangular } from './linalg/solve.ts'
import { loadWide, one } from './linalg/wide.ts'
import { batched } from './overBatch.ts'
import { rescued } from './rescued.ts'

/** Solutions of triangular systems; that there is no 0 on the diagonals is claimed. */
export const triangularSolve: Routine = (node, target) => {
  const { inputs, attributes, shape } = node
  if (inputs.some(({ dtype }) => dtype !== 'float32')) return undefined
  if (sizeOf(shape) === 0) return []
  const { lower, transpose } = attributes as { lower: boolean; transpose: boolean }
  const { lanes: l } = target
  const [n, columns] = shape.slice(-2) as [number, number]
  const [t, from, to] = [variable(I32), variable(I32), variable(I32)]
  const [row, column] = transpose ? [l.bytes, n * l.bytes] : [n * l.bytes, l.bytes]
  const triangle: Triangular = { l, at: t.get, n, row, column, isLower: lower !== transpose }
  const side = { l, row: columns * l.bytes }
  const tensors = batched(target, [...inputs, node], 2)
  return rescued(node, target, (claim) =>
    batchInParts(target, shape.slice(0, -2), tensors, n ** 2 * (columns + 2), (over, own) => {
      const work = own.room(n * wideRow(Math.min(columns, COLUMNS)))
      const i = variable(I32)
      const diagonal = loadWide(l, plus(t.get, times(i.get, row + column)))
      const calls = overColumns(columns, l.bytes, [from, to], (count) =>
        own.define(solve(triangle, count, work, { ...side, at: from.get }, { ...side, at: to.get }), [
          t,
          from,
          to,
        ]),
      )
      return over((addresses) => [
        ...[t, from, to].map((variable, k): Statement => ({ variable, to: addresses[k]! })),
        repeat(i, 0, n, 1, [claim(one.ne(diagonal, one.constant(0)))]),
        ...calls,
      ])
    }),
  )
}
