import { sizeOf, type Node } from '../../graph/node.ts'
import { repeat, variable, whole, type Statement } from '../../wasm/statement.ts'
import { F64, I32, value, type Value } from '../../wasm/value.ts'
import type { Routine } from '../routines.ts'
import { bytesOf, loadNumber } from './elements.ts'
import { plus, times } from './integers.ts'
import { one, storeWide } from './linalg/wide.ts'
import { batched, overBatch } from './overBatch.ts'

const select = (condition: Value, a: Value, b: Value): Value => value(a.type, [0x1b], [a, b, condition])

/** How many elements of the last axis are below each value, by halving. */
export const searchSorted: Routine = (node, target) => {
  const [x, values] = node.inputs as readonly [Node, Node]
  if (sizeOf(node.shape) === 0) return []
  const width = x.shape.at(-1)!
  const [low, high, middle] = [variable(I32), variable(I32), variable(I32)]
  const [isBelow, isAbove] = [variable(I32), variable(I32)]
  const wanted = variable(F64)
  // As many steps as leave none of the places between.
  const steps = Math.ceil(Math.log2(width + 1))
  const body = overBatch(node.shape, batched(target, [x, values, node], [1, 0, 0]), ([row, at, to]) => {
    const item = loadNumber(target, x, plus(row!, times(middle.get, bytesOf(target, x))))
    const isOpen = value(I32, [0x48], [low.get, high.get])
    const isLess = one.lt(item, wanted.get)
    const halve: readonly Statement[] = [
      { variable: middle, to: value(I32, [0x76], [plus(low.get, high.get), whole(1)]) },
      { variable: isBelow, to: one.both(isOpen, isLess) },
      { variable: isAbove, to: one.both(isOpen, one.not(isLess)) },
      { variable: low, to: select(isBelow.get, plus(middle.get, 1), low.get) },
      { variable: high, to: select(isAbove.get, middle.get, high.get) },
    ]
    const found = value(F64, [0xb7], [low.get])
    const isNaN = one.ne(wanted.get, wanted.get)
    return [
      { variable: wanted, to: loadNumber(target, values, at!) },
      { variable: low, to: whole(0) },
      { variable: high, to: whole(width) },
      ...(steps > 0 ? [repeat(variable(I32), 0, steps, 1, halve)] : []),
      storeWide(target.lanes, select(isNaN, one.constant(NaN), found), to!),
    ]
  })
  return [target.define(body)]
}
