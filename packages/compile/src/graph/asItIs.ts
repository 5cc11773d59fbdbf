import { sameShape, type Constants } from '@variate/core/internal'
import type { Operation } from './graph.ts'
import type { Node, Shape } from './node.ts'

/** The input, where the operation leaves it as it is. */
export function asItIs({ op, kernel, inputs, attributes, shape, dtype }: Operation): Node | undefined {
  const [x] = inputs
  if (!x || inputs.length > 1 || x.dtype !== dtype || !sameShape(x.shape, shape)) return undefined
  if (op === 'reshape' || op === 'cast' || op === 'tile' || op === 'slice' || op === 'pad' || op === 'concat')
    return x
  if (op === 'sum' || op === 'max') return x
  if (op === 'transpose')
    return (attributes['perm'] as Shape).every((from, to) => from === to) ? x : undefined
  if (!kernel?.elementwise) return undefined
  const [a, b] = attributes['constants'] as Constants
  const isNeutral =
    (op === 'mul' && (a ?? b) === 1) ||
    // Of real numbers −0 alone: −0 + 0 is 0.
    (op === 'add' && (a ?? b) === 0 && (dtype !== 'float32' || Object.is(a ?? b, -0))) ||
    ((op === 'div' || op === 'pow') && b === 1) ||
    (op === 'sub' && b === 0 && (dtype !== 'float32' || Object.is(b, 0)))
  return isNeutral ? x : undefined
}
