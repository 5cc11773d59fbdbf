import { sizeOf } from '../../graph/node.ts'
import { repeat, variable, whole, type Statement } from '../../wasm/statement.ts'
import { I32, value, type Value } from '../../wasm/value.ts'
import type { Routine } from '../routines.ts'
import { bytesOf, loadElement, storeElement } from './elements.ts'
import { minus, plus, times } from './integers.ts'
import { loadWide, one, storeWide } from './linalg/wide.ts'
import { batched, overBatch } from './overBatch.ts'

/** Sums along the last axis up to each element: real ones in float64, as in core. */
export const cumsum: Routine = (node, target) => {
  const [x] = node.inputs
  if (sizeOf(node.shape) === 0) return []
  const { exclusive, reverse } = node.attributes as { exclusive: boolean; reverse: boolean }
  const width = node.shape.at(-1)!
  const isWhole = node.dtype === 'int32'
  const [i, at] = [variable(I32), variable(I32)]
  const total = variable(isWhole ? I32 : one.type)
  const before = variable(total.type)
  const add = (a: Value, b: Value): Value => (isWhole ? value(I32, [0x6a], [a, b]) : one.add(a, b))
  const body = overBatch(node.shape.slice(0, -1), batched(target, [x!, node], 1), ([from, to]) => {
    const [read, written] = [plus(from!, at.get), plus(to!, at.get)]
    const item = isWhole ? loadElement(target, x!, read) : loadWide(target.lanes, read)
    const result = exclusive ? before.get : total.get
    const step: readonly Statement[] = [
      { variable: at, to: times(reverse ? minus(whole(width - 1), i.get) : i.get, bytesOf(target, x!)) },
      { variable: before, to: total.get },
      { variable: total, to: add(total.get, item) },
      isWhole ? storeElement(target, node, result, written) : storeWide(target.lanes, result, written),
    ]
    return [{ variable: total, to: isWhole ? whole(0) : one.constant(0) }, repeat(i, 0, width, 1, step)]
  })
  return [target.define(body)]
}
