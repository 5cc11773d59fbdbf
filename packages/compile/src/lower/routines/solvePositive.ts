import { sizeOf } from '../../graph/node.ts'
import { variable } from '../../wasm/statement.ts'
import { I32 } from '../../wasm/value.ts'
import type { Routine } from '../routines.ts'
import { factor } from './linalg/factor.ts'
import { factorOnce } from './linalg/factorOnce.ts'
import { overColumns } from './linalg/overColumns.ts'
import { COLUMNS, solve, wideRow } from './linalg/solve.ts'
import { batched, overBatch } from './overBatch.ts'
import { rescued } from './rescued.ts'

/** A⁻¹·B for positive definite A. */
export const solvePositive: Routine = (node, target) => {
  const { inputs, shape } = node
  if (inputs.some(({ dtype }) => dtype !== 'float32')) return undefined
  if (sizeOf(shape) === 0) return []
  const { lanes: l } = target
  const [n, columns] = shape.slice(-2) as [number, number]
  const row = wideRow(Math.min(columns, COLUMNS))
  const work = target.room(n * row)
  const [from, to] = [variable(I32), variable(I32)]
  const side = { l, row: columns * l.bytes }
  return rescued(node, target, (claim) => {
    const factored = factor(target, n, claim)
    const { start, at } = factorOnce(factored)
    const calls = overColumns(columns, l.bytes, [from, to], (count) =>
      target.define(
        [
          ...solve(factored.lower, count, work, { ...side, at: from.get }),
          ...solve(factored.upper, count, work, undefined, { ...side, at: to.get }),
        ],
        [from, to],
      ),
    )
    return [
      start,
      ...overBatch(shape.slice(0, -2), batched(target, [...inputs, node], 2), ([a, b, x]) => [
        ...at(a!),
        { variable: from, to: b! },
        { variable: to, to: x! },
        ...calls,
      ]),
    ]
  })
}
