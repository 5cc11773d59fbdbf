import type { TensorType } from '@variate/core/ops'
import { argumentsOf, sameShape, type Constants } from '@variate/core/internal'
import { EXACT } from './exact.ts'
import type { Graph, Operation } from './graph.ts'
import { sizeOf, uniformOf, type Node, type Shape } from './node.ts'

/** Views give a constant that is the same everywhere in another shape. */
const VIEWS = new Set(['reshape', 'transpose', 'tile', 'slice', 'gather', 'stopGradient'])

/** The node of an operation, or a simpler one that gives the same numbers. */
export function simplified(graph: Graph, operation: Operation): Node {
  const known = folded(graph, operation)
  if (known) return known
  const own = withConstants(graph, operation)
  return asItIs(own) ?? graph.add(own)
}

/** An elementwise operation with the numbers among its inputs as constants, where the others have its whole shape. */
function withConstants(graph: Graph, operation: Operation): Operation {
  const { kernel, inputs, attributes, shape } = operation
  const rest = inputs.filter((input) => uniformOf(input) === undefined)
  if (!kernel?.elementwise || rest.length === inputs.length) return operation
  // Of whole numbers alone the type could change.
  if (!rest.some((input) => input.dtype === 'float32' && sameShape(input.shape, shape))) return operation
  const numbers = inputs.map((input) => numberOf(graph, input))
  const constants = argumentsOf(attributes['constants'] as Constants, numbers).map((c) => c ?? null)
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
    // Of real numbers −0 alone: −0 + 0 is 0.
    (op === 'add' && (a ?? b) === 0 && (dtype !== 'float32' || Object.is(a ?? b, -0))) ||
    ((op === 'div' || op === 'pow') && b === 1) ||
    (op === 'sub' && b === 0 && (dtype !== 'float32' || Object.is(b, 0)))
  return isNeutral ? x : undefined
}

/** The constant that an operation on constants gives, where that is the same number everywhere. */
function folded(graph: Graph, { op, kernel, inputs, attributes, shape, dtype }: Operation): Node | undefined {
  const numbers = inputs.map((input) => numberOf(graph, input))
  if (inputs.length === 0 || numbers.includes(undefined)) return undefined
  const [x] = numbers as number[]
  const constant = (x: number): Node => {
    const values = held(graph, x, dtype)
    return graph.add({ op: 'constant', inputs: [], attributes: { values, shape, dtype }, shape, dtype })
  }
  if (kernel?.elementwise) {
    if (graph.reproducible && !EXACT.has(op)) return undefined
    return constant(
      kernel.elementwise.f(...argumentsOf(attributes['constants'] as Constants, numbers as number[])),
    )
  }
  if (VIEWS.has(op)) return constant(x!)
  if (op === 'cast') return constant(x!)
  if (op === 'sum') {
    const count = sizeOf(inputs[0]!.shape) / Math.max(1, sizeOf(shape))
    // Of none it is 0, of −0 as well.
    return constant(count === 0 ? 0 : x! * count + 0)
  }
  return undefined
}

/** The number that all elements of a node are, as the program holds it. */
function numberOf(graph: Graph, node: Node): number | undefined {
  const x = uniformOf(node)
  return x === undefined ? x : held(graph, x, node.dtype)
}

/** What becomes of a number in a tensor. */
function held({ precision }: Graph, x: number, dtype: TensorType): number {
  if (dtype === 'bool') return +(x !== 0)
  return dtype === 'int32' ? x | 0 : precision === 'float32' ? Math.fround(x) : x
}
