import { sameShape, type Constants } from '@variate/core/internal'
import type { Operation } from './graph.ts'
import { uniformOf, type Node, type Shape } from './node.ts'

/**
 * An operation of log softmax on numbers that were less their largest already, without taking that away again: it is 0, or
 * −∞ where all are, and NaN makes all of them NaN either way. Gradients of log softmax and of its logarithm of a sum have
 * it.
 */
export function shiftedOnce(operation: Operation): Operation | undefined {
  const { op, inputs, attributes } = operation
  const [twice, sum] = inputs
  if (op === 'logSumExp') {
    const once = unshifted(twice!, attributes['axis'] as Shape)
    return once && { ...operation, inputs: [once] }
  }
  if (op !== 'sub' || inputs.length !== 2) return undefined
  const total = withoutEnds(sum!)
  const logSumExp = total && (total.op === 'reshape' ? total.inputs[0]! : total)
  if (logSumExp?.op !== 'logSumExp') return undefined
  const once = unshifted(twice!, logSumExp.attributes['axis'] as Shape)
  return once === logSumExp.inputs[0] ? { ...operation, inputs: [once!, sum!] } : undefined
}

/** Of x less its largest along axes twice, x less its largest once. */
function unshifted(twice: Node, axis: Shape): Node | undefined {
  const once = beforeShift(twice, axis)
  return once && beforeShift(once, axis) ? once : undefined
}

/** Of x less its largest along axes, by which no gradient goes, x. */
function beforeShift({ op, inputs }: Node, axis: Shape): Node | undefined {
  const [x, by] = inputs
  if (op !== 'sub' || inputs.length !== 2 || !sameShape(by!.shape, keptShape(x!.shape, axis)))
    return undefined
  const stopped = withoutEnds(by!)
  if (stopped?.op !== 'stopGradient') return undefined
  const [kept] = stopped.inputs as [Node]
  const largest = kept.op === 'reshape' ? kept.inputs[0]! : kept
  if (largest.op !== 'max' || largest.inputs[0] !== x) return undefined
  return sameShape(largest.attributes['reductionIndices'] as Shape, axis) ? x : undefined
}

/** Of 0 for −∞ and x else, x. */
function withoutEnds({ op, inputs: [condition, zero, x] }: Node): Node | undefined {
  if (op !== 'where' || condition!.op !== 'equal' || condition!.inputs[0] !== x) return undefined
  const isEnd = (condition!.attributes['constants'] as Constants)[1] === -Infinity
  return isEnd && Object.is(uniformOf(zero!), 0) ? x : undefined
}

function keptShape(shape: Shape, axis: Shape): Shape {
  return shape.map((length, i) => (axis.includes(i) ? 1 : length))
}
