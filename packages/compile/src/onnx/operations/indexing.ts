import { broadcastShapes } from '@variate/core/ops'
import { elementOf, sizeOf, type Node, type Shape } from '../../graph/node.ts'
import { castTo } from '../convert.ts'
import type { Emission } from '../emission.ts'
import type { Rule } from '../rule.ts'
import { shaped } from './movement.ts'
import { real, reduced } from './reductions.ts'

/** Where indices along the last axis point to, and whether there is something. */
interface Places {
  readonly shape: Shape
  readonly at: string
  readonly isWithin: string
}

/** The indices of `pick` into rows of a shape, one in each row of all that they broadcast to. */
function placesOf(e: Emission, rows: Shape, indices: Node): Places {
  const { graph } = e
  const width = rows.at(-1)!
  const shape = broadcastShapes([rows.slice(0, -1), indices.shape], 'pick')
  const type = e.type(indices.dtype)
  const index = e.of(indices)
  const isWithin = graph.op('And', [
    graph.op('GreaterOrEqual', [index, graph.constant(0, type)]),
    graph.op('Less', [index, graph.constant(width, type)]),
  ])
  const safe = graph.op('Where', [isWithin, index, graph.constant(0, type)])
  const spread = graph.op('Expand', [castTo(graph, safe, 'int64'), graph.whole(shape)])
  const columns = shaped(e, spread, [...shape, 1])
  return { shape, at: columns, isWithin }
}

/** Indices, of which those below 0, that ONNX counts from the end, are out of bounds. */
function fromStart(e: Emission, indices: Node, length: number): string {
  const { graph } = e
  const index = e.of(indices)
  if (indices.op === 'constant' && isWithin(indices, length)) return index
  const isBelow = graph.op('Less', [index, graph.constant(0, 'int32')])
  return graph.op('Where', [isBelow, graph.constant(length, 'int32'), index])
}

function isWithin(indices: Node, length: number): boolean {
  for (let i = 0; i < sizeOf(indices.shape); i++) {
    if (!(elementOf(indices, i) >= 0 && elementOf(indices, i) < length)) return false
  }
  return true
}

/** Operations that take elements from where indices say, or add them there. */
export const INDEXING: Readonly<Record<string, Rule>> = {
  gather: ({ inputs: [x, indices], attributes }, e) => {
    const axis = attributes['axis'] as number
    return e.graph.op('Gather', [e.of(x!), fromStart(e, indices!, x!.shape[axis]!)], { axis })
  },
  scatterAdd: ({ inputs: [x, indices], attributes, shape }, e) => {
    const { graph } = e
    const axis = attributes['axis'] as number
    const others = shape.filter((_, i) => i !== axis)
    const [count, rest] = [sizeOf(indices!.shape), sizeOf(others)]
    if (count === 0 || rest === 0 || shape[axis] === 0) return graph.filled(0, e.precision, shape)
    // The indexed axis first, all others one.
    const flat = shaped(e, real(e, x!), [...shape.slice(0, axis), count, ...shape.slice(axis + 1)])
    const axes = shape.map((_, i) => i)
    const order = [axis, ...axes.filter((i) => i !== axis)]
    const rows = shaped(e, graph.op('Transpose', [flat], { perm: order }), [count, rest])
    const at = shaped(e, castTo(graph, fromStart(e, indices!, shape[axis]!), 'int64'), [count, 1])
    const places = graph.op('Expand', [at, graph.whole([count, rest])])
    const zeros = graph.filled(0, e.precision, [shape[axis]!, rest])
    const sums = graph.op('ScatterElements', [zeros, places, rows], { axis: 0, reduction: 'add' })
    const perm = axes.map((i) => order.indexOf(i))
    return graph.op('Transpose', [shaped(e, sums, [shape[axis]!, ...others])], { perm })
  },
  pick: ({ inputs: [x, indices], dtype }, e) => {
    const { graph } = e
    const { shape, at, isWithin } = placesOf(e, x!.shape, indices!)
    const rows = graph.op('Expand', [e.of(x!), graph.whole([...shape, x!.shape.at(-1)!])])
    const picked = shaped(e, graph.op('GatherElements', [rows, at], { axis: shape.length }), shape)
    const none = graph.constant(dtype === 'float32' ? NaN : 0, e.type(dtype))
    return graph.op('Where', [isWithin, picked, none])
  },
  unpick: ({ inputs: [dy, indices], shape: rows }, e) => {
    const { graph } = e
    const { shape, at, isWithin } = placesOf(e, rows, indices!)
    const all = [...shape, rows.at(-1)!]
    if (sizeOf(all) === 0) return graph.filled(0, e.precision, rows)
    const kept = graph.op('Where', [isWithin, real(e, dy!), graph.constant(0, e.precision)])
    const spread = graph.op('Expand', [kept, graph.whole(shape)])
    const updates = shaped(e, spread, [...shape, 1])
    const zeros = graph.filled(0, e.precision, all)
    const sums = graph.op('ScatterElements', [zeros, at, updates], { axis: shape.length, reduction: 'add' })
    // Summed over what `rows` was broadcast along.
    const more = all.length - rows.length
    const axes = all.flatMap((length, i) => (i < more || rows[i - more] !== length ? [i] : []))
    return shaped(e, reduced(e, 'ReduceSum', sums, axes), rows)
  },
  // How many are less, which is the place of the first that is not.
  searchSorted: ({ inputs: [x, values], shape }, e) => {
    const { graph } = e
    const value = real(e, values!)
    if (x!.shape.at(-1) === 0) return graph.filled(0, e.precision, shape)
    const columns = shaped(e, value, [...values!.shape, 1])
    const isBelow = castTo(graph, graph.op('Less', [real(e, x!), columns]), e.precision)
    const count = reduced(e, 'ReduceSum', isBelow, [shape.length])
    const isNumber = graph.op('Equal', [value, value])
    return graph.op('Where', [isNumber, count, graph.constant(NaN, e.precision)])
  },
}
