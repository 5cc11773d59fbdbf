import { sizeOf } from '../../graph/node.ts'
import { variable } from '../../wasm/statement.ts'
import { I32 } from '../../wasm/value.ts'
import type { Routine } from '../routines.ts'
import { batchInParts } from './batchInParts.ts'
import { factor, workOf } from './linalg/factor.ts'
import { factorOnce } from './linalg/factorOnce.ts'
import { overColumns } from './linalg/overColumns.ts'
import { COLUMNS, solve, wideRow } from './linalg/solve.ts'
import { batched } from './overBatch.ts'
import { rescued } from './rescued.ts'

/** A⁻¹·B for positive definite A. */
export const solvePositive: Routine = (node, target) => {
  const { inputs, shape } = node
  if (inputs.some(({ dtype }) => dtype !== 'float32')) return undefined
  if (sizeOf(shape) === 0) return []
  const { lanes: l } = target
  const [n, columns] = shape.slice(-2) as [number, number]
  const row = wideRow(Math.min(columns, COLUMNS))
  const [from, to] = [variable(I32), variable(I32)]
  const side = { l, row: columns * l.bytes }
  const tensors = batched(target, [...inputs, node], 2)
  const cost = workOf(n) + 2 * n ** 2 * columns
  return rescued(node, target, (claim) =>
    batchInParts(target, shape.slice(0, -2), tensors, cost, (over, own) => {
      const work = own.room(n * row)
      const factored = factor(own, n, claim)
      const { start, at } = factorOnce(factored)
      const calls = overColumns(columns, l.bytes, [from, to], (count) =>
        own.define(
          [
            ...solve(factored.lower, count, work, { ...side, at: from.get }),
            ...solve(factored.upper, count, work, undefined, { ...side, at: to.get }),
          ],
          [from, to],
        ),
      )
      return [
        start,
        ...over(([a, b, x]) => [...at(a!), { variable: from, to: b! }, { variable: to, to: x! }, ...calls]),
      ]
    }),
  )
}
