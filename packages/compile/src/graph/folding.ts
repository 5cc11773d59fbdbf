import type { TensorType } from '@variate/core/ops'
import { argumentsOf, sameShape, type Constants } from '@variate/core/internal'
import type { Precision } from '../wasm/lanes.ts'
import type { Operation } from './graph.ts'
import { sizeOf, uniformOf, type Node } from './node.ts'

/** Views give a constant that is the same everywhere in another shape. */
const VIEWS = new Set(['reshape', 'transpose', 'tile', 'slice', 'gather', 'stopGradient'])

/** The constant that an operation on constants gives, where that is the same number everywhere. */
export function folded(
  { op, kernel, inputs, attributes, shape, dtype }: Operation,
  precision: Precision,
): Operation | undefined {
  const numbers = inputs.map((input) => numberOf(input, precision))
  if (inputs.length === 0 || numbers.includes(undefined)) return undefined
  const [x] = numbers as number[]
  const constant = (x: number): Operation => {
    const values = held(x, dtype, precision)
    return { op: 'constant', inputs: [], attributes: { values, shape, dtype }, shape, dtype }
  }
  if (kernel?.elementwise) {
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

/** An elementwise operation with the numbers among its inputs as constants, where the others have its whole shape. */
export function withConstants(operation: Operation, precision: Precision): Operation {
  const { kernel, inputs, attributes, shape } = operation
  const rest = inputs.filter((input) => uniformOf(input) === undefined)
  if (!kernel?.elementwise || rest.length === inputs.length) return operation
  // Of whole numbers alone the type could change.
  if (!rest.some((input) => input.dtype === 'float32' && sameShape(input.shape, shape))) return operation
  const numbers = inputs.map((input) => numberOf(input, precision))
  const constants = argumentsOf(attributes['constants'] as Constants, numbers).map((c) => c ?? null)
  return { ...operation, inputs: rest, attributes: { constants } }
}

/** The number that all elements of a node are, as the program holds it. */
export function numberOf(node: Node, precision: Precision): number | undefined {
  const x = uniformOf(node)
  return x === undefined ? x : held(x, node.dtype, precision)
}

/** What becomes of a number in a tensor. */
export function held(x: number, dtype: TensorType, precision: Precision): number {
  if (dtype === 'bool') return +(x !== 0)
  return dtype === 'int32' ? x | 0 : precision === 'float32' ? Math.fround(x) : x
}
