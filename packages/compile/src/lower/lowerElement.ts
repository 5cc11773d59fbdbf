import { argumentsOf, type Constants } from '@variate/core/internal'
import type { Node } from '../graph/node.ts'
import { lanes, type Lanes } from '../wasm/lanes.ts'
import { I32, value, type Value } from '../wasm/value.ts'
import { convert, fromDouble, literal, toDouble, wrapped } from './element.ts'
import { LOGIC, ruleOf } from './elementwise.ts'

const double = /* @__PURE__ */ lanes('float64', false)

/** Operations that have an instruction for int32. */
const WHOLE: Readonly<Record<string, number>> = { add: 0x6a, sub: 0x6b }

/** One element of an elementwise operation, of the elements of its inputs at that place. */
export function lowerElement(
  l: Lanes,
  node: Node,
  inputs: readonly Value[],
  callOf: (node: Node, args: readonly Value[]) => Value,
): Value {
  const { op, attributes, dtype } = node
  const constants = attributes['constants'] as Constants
  const rule = ruleOf(op, constants)
  if (dtype === 'int32' && WHOLE[op] !== undefined) {
    const args = argumentsOf(constants, inputs).map((x) => (typeof x === 'number' ? literal(l, x, dtype) : x))
    return value(I32, [WHOLE[op]], args)
  }
  const isWhole = node.inputs.every((input) => input.dtype !== 'float32')
  const to = LOGIC[op] ? 'bool' : 'float32'
  // Whole numbers are computed in float64, which holds them all; products are rounded there and wrapped as in JavaScript.
  const wide = (isWhole || dtype === 'int32') && !LOGIC[op] ? double : l
  const given = inputs.map((x, at) => {
    const converted = convert(wide, x, node.inputs[at]!.dtype, to)
    return rule && wide === l ? converted : toDouble(converted)
  })
  const number = (x: number): Value => (rule ? literal(wide, x, to) : double.constant(x))
  const args = argumentsOf(constants, given).map((x) => (typeof x === 'number' ? number(x) : x))
  if (!rule) {
    const called = callOf(node, args)
    return dtype === 'float32' ? fromDouble(l, called) : convert(double, called, 'float32', dtype)
  }
  const result = rule(wide, ...args)
  if (dtype === 'bool') return result
  if (dtype === 'int32') return wrapped(wide, result)
  return wide === l ? result : fromDouble(l, result)
}
