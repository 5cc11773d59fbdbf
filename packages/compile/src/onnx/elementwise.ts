import { argumentsOf, sameShape, type Constants } from '@variate/core/internal'
import { sizeOf, type Node } from '../graph/node.ts'
import { LOGIC, ruleOf } from '../lower/elementwise.ts'
import type { Formula } from '../wasm/inDouble.ts'
import type { Value } from '../wasm/value.ts'
import { castTo, convert, wrapped } from './convert.ts'
import type { Emission } from './emission.ts'
import { ownFormulaOf } from './formulas.ts'
import { shaped } from './operations/movement.ts'
import { onnxLanes, tensorOf, valueOf } from './onnxLanes.ts'

/** Operations of real numbers that ONNX has an operator for, as exact as the formula. */
const NATIVE: Readonly<Record<string, string>> = { tanh: 'Tanh' }

/** Operations that ONNX has an operator for on int32. */
const WHOLE: Readonly<Record<string, string>> = { add: 'Add', sub: 'Sub' }

/** The formula of an elementwise operation; undefined for one that is computed by branches and loops. */
export function formulaOf({ op, attributes }: Node): Formula | undefined {
  const constants = attributes['constants'] as Constants
  return ruleOf(op, constants) ?? ownFormulaOf(op, constants)
}

/** An input, without axes if it is one number for all: where the last axis has length 1 runtimes go through it one by one. */
function asNumber(x: Node, { inputs, shape }: Node, e: Emission): string {
  const isOne = sizeOf(x.shape) === 1 && x.shape.length > 0 && sizeOf(shape) > 1
  return isOne && inputs.some((other) => sameShape(other.shape, shape)) ? shaped(e, e.of(x), []) : e.of(x)
}

/** An elementwise operation by its formula, on whole tensors. */
export function elementwise(node: Node, e: Emission): string {
  const { op, inputs, attributes, dtype } = node
  const { graph } = e
  const constants = attributes['constants'] as Constants
  const given = inputs.map((x) => asNumber(x, node, e))
  if (dtype === 'int32' && WHOLE[op]) {
    const args = argumentsOf(constants, given).map((x) =>
      typeof x === 'number' ? graph.constant(x | 0, 'int32') : x,
    )
    return graph.op(
      WHOLE[op],
      args.map((x, i) => (typeof argumentsOf(constants, inputs)[i] === 'number' ? x : whole(x, i))),
    )
  }
  function whole(x: string, argument: number): string {
    const input = argumentsOf(constants, inputs)[argument] as Node
    return convert(e, x, input.dtype, 'int32')
  }
  if (LOGIC[op]) {
    const args = argumentsOf(
      constants,
      given.map((x, i) => convert(e, x, inputs[i]!.dtype, 'bool')),
    ).map((x) => (typeof x === 'number' ? graph.constant(+(x !== 0), 'bool') : x))
    const l = onnxLanes(graph, e.precision)
    return tensorOf(LOGIC[op](l, ...args.map((x) => valueOf(x, e.precision))))
  }
  // Whole numbers are computed in float64, which holds them all; products are rounded there and wrapped as in JavaScript.
  const isWide = dtype === 'int32' || inputs.every((input) => input.dtype !== 'float32')
  const precision = isWide ? 'float64' : e.precision
  const l = onnxLanes(graph, precision)
  const reals = given.map((x, i) =>
    inputs[i]!.dtype === 'float32' && precision === e.precision ? x : castTo(graph, x, precision),
  )
  const args = argumentsOf(constants, reals).map((x): Value =>
    typeof x === 'number' ? l.constant(x) : valueOf(x, precision),
  )
  const native = NATIVE[op]
  const result = native ? graph.op(native, args.map(tensorOf)) : tensorOf(formulaOf(node)!(l, ...args))
  if (dtype === 'bool') return result
  if (dtype === 'int32') return wrapped(graph, result, precision)
  return precision === e.precision ? result : castTo(graph, result, e.precision)
}
