import { sizeOf } from '../../graph/node.ts'
import { repeat, variable, whole, type Statement } from '../../wasm/statement.ts'
import { I32 } from '../../wasm/value.ts'
import type { Routine } from '../routines.ts'
import { least, minus, plus, times } from './integers.ts'
import { loadWide, one, storeWide } from './linalg/wide.ts'
import { store } from './memory.ts'
import { batched, overBatch } from './overBatch.ts'

/** yₜ = xₜ + Σ cᵢ·yₜ₋ᵢ along the last axis, in float64 until it is stored. */
export const linearRecurrence: Routine = (node, target) => {
  const { inputs, attributes, shape } = node
  if (inputs.some(({ dtype }) => dtype !== 'float32')) return undefined
  if (sizeOf(shape) === 0) return []
  const { lanes: l } = target
  const length = shape.at(-1)!
  const order = inputs[0]!.shape.at(-1)!
  const work = target.room(8 * length)
  const [t, at, lag, count] = [variable(I32), variable(I32), variable(I32), variable(I32)]
  const sum = variable(one.type)
  const place = attributes['reverse'] ? minus(whole(length - 1), t.get) : t.get
  const tensors = batched(target, [...inputs, node], 1)
  const body = overBatch(shape.slice(0, -1), tensors, ([c, x, y]) => {
    // Coefficient `lag` is that of the number `lag` + 1 before.
    const factor = loadWide(l, plus(c!, times(lag.get, l.bytes)))
    const earlier = one.load(times(minus(minus(t.get, lag.get), 1), 8), work)
    const terms: Statement = {
      index: lag,
      from: whole(0),
      to: count.get,
      step: 1,
      mayBeEmpty: true,
      body: [{ variable: sum, to: one.add(sum.get, one.mul(factor, earlier)) }],
    }
    return [
      repeat(t, 0, length, 1, [
        { variable: at, to: times(place, l.bytes) },
        { variable: sum, to: loadWide(l, plus(x!, at.get)) },
        { variable: count, to: least(whole(order), t.get) },
        terms,
        store(one, sum.get, times(t.get, 8), work),
        storeWide(l, sum.get, plus(y!, at.get)),
      ]),
    ]
  })
  return [target.define(body)]
}
