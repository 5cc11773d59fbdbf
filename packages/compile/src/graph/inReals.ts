import { argumentsOf, type Constants } from '@variate/core/internal'
import { numberOf } from './folding.ts'
import type { Precision } from '../wasm/lanes.ts'
import type { Operation } from './graph.ts'
import type { Node } from './node.ts'
import { isBit } from './ofBits.ts'

/** The least and the most that a whole number can be. */
type Range = readonly [least: number, most: number]

/**
 * Whole numbers of whole numbers, in ranges. Products are known of what is not below 0 only: of real numbers, 0 times less is −0,
 * which no whole number is.
 */
const WHOLE: Readonly<Record<string, (a: Range, b: Range) => Range | undefined>> = {
  add: (a, b) => [a[0] + b[0], a[1] + b[1]],
  sub: (a, b) => [a[0] - b[1], a[1] - b[0]],
  mul: (a, b) => (a[0] >= 0 && b[0] >= 0 ? [a[0] * b[0], a[1] * b[1]] : undefined),
  maximum: (a, b) => [Math.max(a[0], b[0]), Math.max(a[1], b[1])],
  minimum: (a, b) => [Math.min(a[0], b[0]), Math.min(a[1], b[1])],
}

/** Whole numbers up to here, and down to its negative, are real numbers of either precision. */
const MOST = 2 ** 24

/** So many operations are looked through. */
const DEPTH = 6

/** Whether whole numbers become real ones that are made of bits, and of numbers that real ones hold. */
export function isInReals({ op, inputs: [x], dtype }: Operation): boolean {
  const isOfWhole = op === 'cast' && dtype === 'float32' && x!.dtype === 'int32'
  return isOfWhole && !isBit(x!) && rangeOf(x!, DEPTH) !== undefined
}

/**
 * Whole numbers that are made of bits, as real numbers: they are computed of real ones in the first place, which hold them exactly,
 * are computed in vectors, and are mostly there already. The labels of a likelihood are such: 1 − 2x of pixels x.
 *
 * @param make the node of an operation.
 */
export function inReals(
  { inputs: [x], dtype, kernel }: Operation,
  precision: Precision,
  make: (operation: Operation) => Node,
): Node {
  const known = new Map<Node, Node>()
  const real = (node: Node): Node => {
    const made = known.get(node) ?? realOf(node)
    known.set(node, made)
    return made
  }
  const realOf = (node: Node): Node => {
    const { op, shape, inputs, attributes } = node
    if (isBit(node) || numberOf(node, precision) !== undefined)
      return make({ op: 'cast', inputs: [node], attributes: { dtype }, shape, dtype, kernel })
    return make({ op, inputs: inputs.map(real), attributes, shape, dtype, kernel: node.kernel })
  }
  return real(x!)
}

/** In what range a whole number is that is made of bits, with all that it is made of; nothing, where that is not known. */
function rangeOf(node: Node, depth: number): Range | undefined {
  if (isBit(node)) return [0, 1]
  const { op, inputs, attributes, dtype } = node
  const whole = WHOLE[op]
  if (dtype !== 'int32' || !whole || depth === 0) return undefined
  const ranges = argumentsOf(
    attributes['constants'] as Constants,
    inputs.map((input) => {
      const number = numberOf(input, 'float64')
      return number === undefined ? rangeOf(input, depth - 1) : ofNumber(number)
    }),
  ).map((x) => (typeof x === 'number' ? ofNumber(x) : x))
  const [a, b] = ranges
  const range = a && b && whole(a, b)
  return range && -MOST <= range[0] && range[1] <= MOST ? range : undefined
}

/** Of a number that is whole, and as a real one is the same. */
function ofNumber(x: number): Range | undefined {
  return Object.is(x, x | 0) && Math.abs(x) <= MOST ? [x, x] : undefined
}
