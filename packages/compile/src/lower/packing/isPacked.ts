import { sizeOf, type Node, type Shape } from '../../graph/node.ts'
import type { Lanes } from '../../wasm/lanes.ts'
import { isReduction } from '../combine.ts'
import { isVectorial } from '../loops/reads.ts'

/**
 * Whether code that is written out computes a node in vectors of several elements, rather than each for itself.
 *
 * @see Larsen and Amarasinghe, Exploiting superword level parallelism with multimedia instruction sets (PLDI 2000)
 */
export function isPacked(node: Node, vectors: Lanes): boolean {
  const { op, dtype, shape, kernel } = node
  if (sizeOf(shape) < fewest(vectors)) return false
  if (isReduction(op)) return dtype === 'float32' && !isOfRuns(node, vectors)
  if (op === 'matMul') return dtype === 'float32'
  return (kernel?.elementwise !== undefined || op === 'cast' || op === 'where') && isVectorial(node)
}

/** So many elements are worth a vector. */
export function fewest({ count }: Lanes): number {
  return Math.ceil((3 * count) / 4)
}

/** Whether what is reduced to one element follows each other, and fills a vector: its lanes are then reduced at last. */
export function isOfRuns({ op, inputs: [x], attributes }: Node, { count }: Lanes): boolean {
  const axes = attributes[op === 'sum' ? 'axis' : 'reductionIndices'] as Shape
  const kept = x!.shape.findLastIndex((_, axis) => !axes.includes(axis)) + 1
  if (x!.shape.some((length, axis) => axis < kept && axes.includes(axis) && length > 1)) return false
  return sizeOf(x!.shape.slice(kept)) >= count
}
