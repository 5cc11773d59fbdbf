import { sizeOf } from '../../graph/node.ts'
import { repeat, variable, type Statement } from '../../wasm/statement.ts'
import { I32 } from '../../wasm/value.ts'
import type { Routine } from '../routines.ts'
import { batchInParts } from './batchInParts.ts'
import { filled } from './filled.ts'
import { factor, workOf } from './linalg/factor.ts'
import { factorOnce } from './linalg/factorOnce.ts'
import { solve, wideRow } from './linalg/solve.ts'
import { one, storeWide } from './linalg/wide.ts'
import { batched } from './overBatch.ts'
import { rescued } from './rescued.ts'

/** dᵀ·A⁻¹·d for positive definite A. */
export const squaredMahalanobis: Routine = (node, target) => {
  const { inputs, shape } = node
  const n = inputs[0]!.shape.at(-1)!
  if (inputs.some(({ dtype }) => dtype !== 'float32')) return undefined
  if (sizeOf(shape) === 0) return []
  if (n === 0) return [filled(target, node, 0)]
  const { lanes: l } = target
  const [i, sum] = [variable(I32), variable(one.type)]
  const tensors = batched(target, [...inputs, node], [2, 1, 0])
  const shared = sizeOf(inputs[0]!.shape.slice(0, -2)) / sizeOf(shape)
  return rescued(node, target, (claim) =>
    batchInParts(target, shape, tensors, shared * workOf(n) + n ** 2, (over, own) => {
      const work = own.room(n * wideRow(1))
      const z = one.load(i.get, work)
      const added: Statement = { variable: sum, to: one.add(sum.get, one.mul(z, z)) }
      const factored = factor(own, n, claim)
      const { start, at } = factorOnce(factored)
      return [
        start,
        ...over(([a, d, out]) => [
          ...at(a!),
          ...solve(factored.lower, 1, work, { l, at: d!, row: l.bytes }),
          { variable: sum, to: one.constant(0) },
          repeat(i, 0, n * wideRow(1), wideRow(1), [added]),
          storeWide(l, sum.get, out!),
        ]),
      ]
    }),
  )
}
