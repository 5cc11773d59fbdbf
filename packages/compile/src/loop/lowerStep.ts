import type { Node } from '../graph/node.ts'
import { instructionsOf } from '../lower/instructionsOf.ts'
import { isPacked } from '../lower/packing/isPacked.ts'
import type { Target } from '../lower/target.ts'
import { whole, type Statement } from '../wasm/statement.ts'
import { I32, value, type Value } from '../wasm/value.ts'
import { loopOf, type Loop, type Output } from './loopNode.ts'
import { int32At } from '../lower/routines/integers.ts'
import { at, cleared, copied, when, type Place } from './moves.ts'
import { resultOffset } from './results.ts'

/** By which share a step may be longer for what is collected of few, until those have code of their own. */
const CHEAP = 1.1

/**
 * The calls of the functions that are one step of a loop, whose number is in memory: rows in, what is computed, what is
 * collected out, and on to the next.
 *
 * @param step its number.
 */
export function lowerStep(node: Node, target: Target, step: Value): readonly Statement[] {
  const loop = loopOf(node)
  const { nodes, nexts, outputs, made } = loop
  const rows = slices(node, target)
  if (outputs.every(({ every }) => every === 1)) {
    const own = computed(loop, nodes, made, target, movesOf(loop))
    const all = outputs.flatMap((output) => collected(node, output, target))
    const call = target.define([...rows, ...own, ...all, ...advanced(loop, target)])
    target.moveOut(nodes)
    return [call]
  }
  const define = (own: readonly Node[], of: readonly Node[]) =>
    target.define([...rows, ...computed(loop, own, of, target)])
  const periods = [...new Set(outputs.map(({ every }) => every))]
  const collecting = periods.map((every) => {
    const own = outputs.filter((output) => output.every === every)
    return when(
      isLastOf(every, step),
      target.define(own.flatMap((output) => collected(node, output, target))),
    )
  })
  const advance = target.define(advanced(loop, target))
  const { nodes: always } = loop.bodyOf(nexts)
  const weigh = (own: readonly Node[]): number => instructionsOf(own, target.lanes.precision)
  const [every] = periods as [number]
  if (periods.length > 1 || weigh(nodes) <= CHEAP * weigh(always)) {
    return [define(nodes, made), ...collecting, advance]
  }
  const isLast = isLastOf(every, step)
  return [
    when(isLast, define(nodes, made)),
    when(value(I32, [0x45], [isLast]), define(always, nexts)),
    ...collecting,
    advance,
  ]
}

function computed(
  { inputs, captures }: Loop,
  nodes: readonly Node[],
  results: readonly Node[],
  target: Target,
  moves?: ReadonlyMap<Node, Node>,
): readonly Statement[] {
  return target.lowered(nodes, results, new Set([...inputs, ...captures]), moves)
}

/** What is carried next takes the place of what it was. */
function movesOf({ carried }: Loop): ReadonlyMap<Node, Node> {
  return new Map(carried.map(({ input, next }) => [next, input]))
}

/** Whether a step is the last of so many. */
function isLastOf(every: number, step: Value): Value {
  return value(I32, [0x45], [value(I32, [0x70], [value(I32, [0x6a], [step, whole(1)]), whole(every)])])
}

/** The row that belongs to a step, of rows from an address on. */
function rowOf(address: number, step: Value, every: number, bytes: number): Place {
  const row = every === 1 ? step : value(I32, [0x6e], [step, whole(every)])
  return { base: value(I32, [0x6c], [row, whole(bytes)]), offset: address }
}

/** Rows of arrays, to where the step reads them; where none belongs to the step zeros. */
function slices(node: Node, target: Target): readonly Statement[] {
  const { index, slices, carried } = loopOf(node)
  const step = int32At(target.address(index))
  return slices.flatMap(({ input, every }, i) => {
    const bytes = target.bytesOf(input)
    const to = target.address(input)
    const from = target.address(node.inputs[carried.length + i]!)
    const row = copied(rowOf(from, step, every, bytes), at(to), bytes)
    if (every === 1) return row
    return [...cleared(to, bytes), when(isLastOf(every, step), target.define(row))]
  })
}

/** What was computed, to the row of the step. */
function collected(node: Node, output: Output, target: Target): readonly Statement[] {
  const { index, carried, outputs } = loopOf(node)
  const bytes = target.bytesOf(output.node)
  const offset = resultOffset(node, carried.length + outputs.indexOf(output), target.bytesOf)
  const to = rowOf(target.address(node) + offset, int32At(target.address(index)), output.every, bytes)
  return copied(at(target.address(output.node)), to, bytes, pieceOf(output.node, target))
}

/** On to the next step: all of what is carried is read before any of it is written. */
function advanced({ carried }: Loop, target: Target): readonly Statement[] {
  // What is an input in another shape lies where that does.
  const inputs = new Set(carried.map(({ input }) => target.address(input)))
  const before: Statement[] = []
  const after: Statement[] = []
  for (const { input, next } of carried) {
    if (target.address(input) === target.address(next)) continue
    const largest = pieceOf(next, target)
    // Tensors have room in multiples of 16 bytes.
    const bytes = Math.ceil(target.bytesOf(input) / largest) * largest
    let from = at(target.address(next))
    if (inputs.has(target.address(next))) {
      const room = at(target.room(bytes))
      before.push(...copied(from, room, bytes, largest))
      from = room
    }
    after.push(...copied(from, at(target.address(input)), bytes, largest))
  }
  return [...before, ...after]
}

/** In which pieces a tensor is copied that was just written: small ones in those that its elements were written in. */
function pieceOf(node: Node, { bytesOf, lanes, vectors }: Target): number {
  if (bytesOf(node) > 128 || isPacked(node, vectors)) return 16
  return node.dtype === 'int32' ? 4 : lanes.bytes
}
