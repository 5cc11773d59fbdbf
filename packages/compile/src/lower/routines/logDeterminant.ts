import { sizeOf } from '../../graph/node.ts'
import { repeat, variable, type Statement } from '../../wasm/statement.ts'
import { log } from '../../wasm/maths/log.ts'
import { I32 } from '../../wasm/value.ts'
import type { Routine } from '../routines.ts'
import { batchInParts } from './batchInParts.ts'
import { filled } from './filled.ts'
import { plus, times } from './integers.ts'
import { factor, workOf } from './linalg/factor.ts'
import { one, storeWide } from './linalg/wide.ts'
import { batched } from './overBatch.ts'
import { rescued } from './rescued.ts'

/** log det A of positive definite A. */
export const logDeterminant: Routine = (node, target) => {
  const [a] = node.inputs
  const n = a!.shape.at(-1)!
  if (a!.dtype !== 'float32') return undefined
  if (sizeOf(node.shape) === 0) return []
  if (n === 0) return [filled(target, node, 0)]
  const [i, sum] = [variable(I32), variable(one.type)]
  const tensors = batched(target, [a!, node], [2, 0])
  return rescued(node, target, (claim) =>
    batchInParts(target, node.shape, tensors, workOf(n), (over, own) => {
      const factored = factor(own, n, claim)
      const { at, row, column } = factored.lower
      const pivot = one.load(plus(at, times(i.get, row + column)), 0)
      const added: Statement = { variable: sum, to: one.add(sum.get, log(one, pivot)) }
      return over(([from, to]) => [
        { variable: factored.a, to: from! },
        factored.call,
        { variable: sum, to: one.constant(0) },
        repeat(i, 0, n, 1, [added]),
        storeWide(target.lanes, one.mul(sum.get, one.constant(2)), to!),
      ])
    }),
  )
}
