import { sizeOf } from '../../graph/node.ts'
import { repeat, variable, type Statement } from '../../wasm/statement.ts'
import { I32, type Value } from '../../wasm/value.ts'
import type { Routine } from '../routines.ts'
import type { Target } from '../target.ts'
import { batchInParts } from './batchInParts.ts'
import { fillZeros } from './fillZeros.ts'
import { plus, times } from './integers.ts'
import { factor, workOf, type Factor } from './linalg/factor.ts'
import { loadWide, storeWide } from './linalg/wide.ts'
import { batched } from './overBatch.ts'
import { rescued } from './rescued.ts'

/** Cholesky factors of matrices. */
export const cholesky: Routine = (node, target) => {
  const [a] = node.inputs
  const n = node.shape.at(-1)!
  if (a!.dtype !== 'float32') return undefined
  if (sizeOf(node.shape) === 0) return []
  const tensors = batched(target, [a!, node], 2)
  return rescued(node, target, (claim) =>
    batchInParts(target, node.shape.slice(0, -2), tensors, workOf(n), (over, own) => {
      const factored = factor(own, n, claim)
      return over(([from, to]) => [
        { variable: factored.a, to: from! },
        factored.call,
        ...written(own, n, factored, to!),
      ])
    }),
  )
}

/** Writes the lower triangle, and zeros above it. */
function written(
  { lanes: l, ...target }: Target,
  n: number,
  { lower }: Factor,
  to: Value,
): readonly Statement[] {
  const [i, from, end, written] = [variable(I32), variable(I32), variable(I32), variable(I32)]
  const start = plus(lower.at, times(i.get, lower.row))
  return [
    ...fillZeros({ lanes: l, ...target }, to, n * n),
    repeat(i, 0, n, 1, [
      { variable: written, to: plus(to, times(i.get, n * l.bytes)) },
      { variable: end, to: plus(start, times(plus(i.get, 1), lower.column)) },
      {
        index: from,
        from: start,
        to: end.get,
        step: lower.column,
        mayBeEmpty: false,
        body: [
          storeWide(l, loadWide(lower.l, from.get), written.get),
          { variable: written, to: plus(written.get, l.bytes) },
        ],
      },
    ]),
  ]
}
