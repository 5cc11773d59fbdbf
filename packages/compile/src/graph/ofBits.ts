import { argumentsOf, sameShape, type Constants } from '@variate/core/internal'
import type { Precision } from '../wasm/lanes.ts'
import { held, numberOf } from './folding.ts'
import type { Operation } from './graph.ts'
import type { Node } from './node.ts'

/** Of what is 0 or 1 they are 0 or 1. */
const VIEWS = new Set(['reshape', 'transpose', 'tile', 'slice', 'stopGradient', 'cast'])

/** What an operation is of bits. */
type OfBits = { readonly operation: Operation } | { readonly node: Node } | undefined

/**
 * An elementwise operation on what is 0 or 1 everywhere, such as pixels that are drawn: the constant that it is for both, or what it
 * is given, if that stays as it is but for the type. Checks of a support are such operations.
 */
export function ofBits(
  { kernel, inputs, attributes, shape, dtype }: Operation,
  precision: Precision,
): OfBits {
  const x = inputs.find((input) => numberOf(input, precision) === undefined)
  if (!kernel?.elementwise || !x || !isBit(x)) return undefined
  if (!inputs.every((input) => input === x || numberOf(input, precision) !== undefined)) return undefined
  const at = (bit: number): number => {
    const numbers = inputs.map((input) => (input === x ? bit : numberOf(input, precision)!))
    const { f } = kernel.elementwise!
    return held(f(...argumentsOf(attributes['constants'] as Constants, numbers)), dtype, precision)
  }
  const [no, yes] = [at(0), at(1)]
  if (Object.is(no, yes))
    return {
      operation: { op: 'constant', inputs: [], attributes: { values: no, shape, dtype }, shape, dtype },
    }
  if (!(Object.is(no, 0) && yes === 1 && sameShape(x.shape, shape))) return undefined
  if (x.dtype === dtype) return { node: x }
  // Most bits are cast themselves, and what casts them is known from there.
  if (x.op !== 'cast' || !x.kernel) return undefined
  return { operation: { op: 'cast', inputs: [x], attributes: { dtype }, shape, dtype, kernel: x.kernel } }
}

/** Bits that are cast twice, cast once: in another type they are what they are made of in that type. */
export function bitsSeenThrough(operation: Operation): Operation | undefined {
  const [x] = operation.inputs
  if (operation.op !== 'cast' || !isBit(x!)) return undefined
  // No gradient goes through whole numbers in any case.
  const isSeenThrough = x!.op === 'cast' || (x!.op === 'stopGradient' && x!.dtype !== 'float32')
  return isSeenThrough ? { ...operation, inputs: x!.inputs } : undefined
}

/** The branch that `where` takes everywhere, if its condition is known. */
export function takenBranch(
  { op, inputs: [condition, yes, no], shape, dtype }: Operation,
  precision: Precision,
): Node | undefined {
  const known = op === 'where' ? numberOf(condition!, precision) : undefined
  if (known === undefined) return undefined
  const branch = known === 0 ? no : yes
  return branch && branch.dtype === dtype && sameShape(branch.shape, shape) ? branch : undefined
}

/** Whether all elements are known to be 0 or 1. */
export function isBit({ op, dtype, inputs, kernel }: Node): boolean {
  if (VIEWS.has(op)) return isBit(inputs[0]!)
  return dtype === 'bool' && kernel?.elementwise !== undefined
}
