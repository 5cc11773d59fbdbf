import { add, sub } from '@variate/core/ops'
import { kernelOf, type Constants } from '@variate/core/internal'
import type { Operation } from './graph.ts'
import type { Node } from './node.ts'

/**
 * An operation on −x as another on x that gives the same bits: a + (−b) is a − b. What is taken down a gradient, and not up, has its
 * sign turned in every parameter. (In sums of gradients of such operations zeros may have another sign.)
 */
export function withoutSigns(operation: Operation): Operation | undefined {
  const { op, inputs, attributes, dtype } = operation
  const [a, b] = inputs
  if (dtype !== 'float32' || !inputs.some((x) => turned(x))) return undefined
  if (op === 'square' || op === 'abs') return { ...operation, inputs: [turned(a!)!] }
  if (op === 'mul' && inputs.length === 1) {
    const constants = (attributes['constants'] as Constants).map((c) => (c === null ? c : -c))
    return { ...operation, inputs: [turned(a!)!], attributes: { constants } }
  }
  if (inputs.length !== 2) return undefined
  const [minusA, minusB] = [turned(a!), turned(b!)]
  if (op === 'mul' && minusA && minusB) return { ...operation, inputs: [minusA, minusB] }
  if (op === 'sub' && minusB) return { ...operation, op: 'add', inputs: [a!, minusB], kernel: kernelOf(add) }
  if (op !== 'add') return undefined
  return { ...operation, op: 'sub', inputs: minusB ? [a!, minusB] : [b!, minusA!], kernel: kernelOf(sub) }
}

/** Of −x, x. */
function turned({ op, inputs: [x], kernel }: Node): Node | undefined {
  return op === 'neg' && kernel?.elementwise && x!.dtype === 'float32' ? x : undefined
}
