import { sameShape } from './sameShape.ts'
import type { Graph, Operation } from './graph.ts'
import { sizeOf, uniformOf, type Node, type Shape } from './node.ts'

type Constants = readonly (number | null)[]

/** Views give a constant that is the same everywhere in another shape. */
const VIEWS = new Set(['reshape', 'transpose', 'tile', 'slice', 'gather', 'stopGradient'])

/** The node of an operation, or a simpler one that gives the same numbers. */
export function simplified(graph: Graph, operation: Operation): Node {
  const known = folded(graph, operation)
  if (known) return known
  const own = withConstants(operation)
  return asItIs(own) ?? graph.add(own)
}

/** An elementwise operation with the numbers among its inputs as constants, where the others have its whole shape. */
function withConstants(operation: Operation): Operation {
  const { kernel, inputs, attributes, shape } = operation
  const rest = inputs.filter((input) => uniformOf(input) === undefined)
  if (!kernel?.elementwise || rest.length === inputs.length) return operation
  // Of whole numbers alone the type could change.
  if (!rest.some((input) => input.dtype === 'float32' && sameShape(input.shape, shape))) return operation
  let next = 0
  const constants = (attributes['constants'] as Constants).map((c) => c ?? uniformOf(inputs[next++]!) ?? null)
  return { ...operation, inputs: rest, attributes: { constants } }
}

/** The input, where the operation leaves it as it is. */
function asItIs({ op, kernel, inputs, attributes, shape, dtype }: Operation): Node | undefined {
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
    (op === 'add' && (a ?? b) === 0) ||
    ((op === 'div' || op === 'pow') && b === 1) ||
    (op === 'sub' && b === 0)
  return isNeutral ? x : undefined
}

/** The constant that an operation on constants gives, where that is the same number everywhere. */
function folded(graph: Graph, { op, kernel, inputs, attributes, shape, dtype }: Operation): Node | undefined {
  const numbers = inputs.map(uniformOf)
  if (inputs.length === 0 || numbers.includes(undefined)) return undefined
  const [x] = numbers as number[]
  const constant = (values: number): Node =>
    graph.add({ op: 'constant', inputs: [], attributes: { values, shape, dtype }, shape, dtype })
  if (kernel?.elementwise) {
    let next = 0
    const args = (attributes['constants'] as Constants).map((c) => c ?? (numbers[next++] as number))
    return constant(kernel.elementwise.f(...args))
  }
  if (VIEWS.has(op)) return constant(x!)
  if (op === 'sum') return constant((x! * sizeOf(inputs[0]!.shape)) / Math.max(1, sizeOf(shape)))
  if (op === 'cast') return constant(dtype === 'bool' ? +(x !== 0) : dtype === 'int32' ? Math.trunc(x!) : x!)
  return undefined
}
