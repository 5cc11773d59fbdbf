import { sizeOf, type Node } from '../../graph/node.ts'
import type { Emission } from '../emission.ts'
import type { Rule } from '../rule.ts'
import { real } from './reductions.ts'

/** The last two axes the other way round. */
function turned(e: Emission, x: string, rank: number): string {
  const axes = Array.from({ length: rank }, (_, i) => i)
  return e.graph.op('Transpose', [x], { perm: [...axes.slice(0, -2), rank - 1, rank - 2] })
}

/** Products of matrices. */
export const matMul: Rule = ({ inputs, attributes, shape }, e) => {
  const [a, b] = inputs as readonly [Node, Node]
  const { transposeA, transposeB } = attributes as { transposeA: boolean; transposeB: boolean }
  if (sizeOf(a.shape) === 0 || sizeOf(b.shape) === 0) return e.graph.filled(0, e.precision, shape)
  const [left, right] = [real(e, a), real(e, b)]
  if (a.shape.length === 2 && b.shape.length === 2 && (transposeA || transposeB)) {
    return e.graph.op('Gemm', [left, right], { transA: +transposeA, transB: +transposeB })
  }
  return e.graph.op('MatMul', [
    transposeA ? turned(e, left, a.shape.length) : left,
    transposeB ? turned(e, right, b.shape.length) : right,
  ])
}
