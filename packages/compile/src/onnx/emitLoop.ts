import { sizeOf, type Node } from '../graph/node.ts'
import { loopOf, type Slice } from '../loop/loopNode.ts'
import { counting } from './convert.ts'
import type { Emission } from './emission.ts'
import { scan } from './scan.ts'

/** A loop as `Scan`: what is carried at last, then what is collected. */
export function emitLoop(node: Node, e: Emission): readonly string[] {
  const loop = loopOf(node)
  const { count, index, carried, slices, outputs, isReverse, nodes } = loop
  const { graph } = e
  const taken = node.inputs.map((x) => e.of(x))
  const initial = taken.slice(0, carried.length)
  if (count === 0) {
    const none = outputs.map(({ node: { shape, dtype } }) => graph.filled(0, e.type(dtype), [0, ...shape]))
    return [...initial, ...none]
  }
  const steps = counting(graph, count)
  const sliced = slices.map((slice, i) => ({ slice, rows: taken[carried.length + i]! }))
  const each = sliced.filter(({ slice }) => slice.every === 1)
  const some = sliced.filter(({ slice }) => slice.every > 1)
  // Arrays may have more rows than there are steps.
  const rowsOf = (rows: string, i: number): string =>
    node.inputs[carried.length + i]!.shape[0] === count
      ? rows
      : graph.op('Slice', [rows, graph.whole([0]), graph.whole([count]), graph.whole([0])])
  const results = scan(
    {
      carried,
      initial,
      given: [
        { node: index, rows: steps },
        ...each.map(({ slice, rows }) => ({ node: slice.input, rows: rowsOf(rows, slices.indexOf(slice)) })),
      ],
      isReverse,
      nodes,
      outputs: outputs.map(({ node: made }) => made),
      prepare: (body) => {
        for (const { slice, rows } of some) {
          const size = node.inputs[carried.length + slices.indexOf(slice)]!.shape[0]!
          body.set(slice.input, rowAt(body, slice, index, rows, size))
        }
      },
    },
    e,
  )
  return results.map((name, i) => {
    const every = outputs[i - carried.length]?.every ?? 1
    if (every === 1) return name
    // Of so many steps the last.
    const ends = [every - 1, count, 0, every].map((x) => graph.whole([x]))
    return graph.op('Slice', [name, ...ends])
  })
}

/** The row that belongs to a step where of so many the last has one; zeros in the others. */
function rowAt(e: Emission, { input, every }: Slice, index: Node, rows: string, size: number): string {
  const { graph } = e
  const zero = graph.filled(0, e.type(input.dtype), input.shape)
  if (size === 0 || sizeOf(input.shape) === 0) return zero
  const whole = (x: number): string => graph.constant(x, 'int32')
  const step = e.of(index)
  const row = graph.op('Min', [graph.op('Div', [step, whole(every)]), whole(size - 1)])
  const rest = graph.op('Mod', [graph.op('Add', [step, whole(1)]), whole(every)])
  const isRow = graph.op('Equal', [rest, whole(0)])
  const values = graph.op('Gather', [rows, row])
  if (input.dtype === 'bool') return graph.op('And', [isRow, values])
  return graph.op('Where', [isRow, values, zero])
}
