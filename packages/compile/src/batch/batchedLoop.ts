import type { Tensor } from '@tensorflow/tfjs-core'
import { constant, fill, reshape, slice, stack } from '@variate/core/ops'
import type { Node } from '../graph/node.ts'
import { addLoop, loopOf, stepInput, type Loop } from '../loop/loopNode.ts'
import { currentTrace } from '../trace/trace.ts'
import type { TraceBackend } from '../trace/traceBackend.ts'
import { moveAxis, withAxis, type Batched } from './batched.ts'
import type { Replay } from './replay.ts'

/** What a step is given for all elements, and what it makes of it: the next state and what is collected. */
type Step = (
  index: Tensor,
  state: readonly Tensor[],
  rows: readonly Tensor[],
) => { readonly next: readonly Tensor[]; readonly collected: readonly Tensor[] }

/**
 * The results of a loop for all elements, whose steps are gone together: every part of the state has the batch axis. A
 * trace that is going on records one loop; elsewhere the steps are computed one by one.
 */
export function batchedLoop(node: Node, inputs: readonly Batched[], replay: Replay): readonly Tensor[] {
  const loop = loopOf(node)
  const [first, end] = [loop.carried.length, loop.carried.length + loop.slices.length]
  const initial = inputs.slice(0, first).map((x) => withAxis(x, replay.size))
  const sliced = inputs.slice(first, end)
  // The rows come first, as the loop takes one after the other.
  const rows = sliced.map(({ tensor, isBatched }) => (isBatched ? moveAxis(tensor, 1, 0) : tensor))
  const captured = loop.captures.map((capture, i) => [capture, inputs[end + i]!] as const)
  const step: Step = (index, state, row) => {
    const values = replay.from(
      new Map<Node, Batched>([
        ...captured,
        [loop.index, { tensor: index, isBatched: false }],
        ...loop.carried.map(({ input }, i) => [input, { tensor: state[i]!, isBatched: true }] as const),
        ...loop.slices.map(
          ({ input }, i) => [input, { tensor: row[i]!, isBatched: sliced[i]!.isBatched }] as const,
        ),
      ]),
    )
    const made = values.valuesOf([...loop.nexts, ...loop.outputs.map((output) => output.node)])
    const all = made.map((x) => withAxis(x, replay.size))
    return { next: all.slice(0, first), collected: all.slice(first) }
  }
  const trace = currentTrace()
  const results = trace
    ? recorded(trace, loop, initial, rows, step)
    : computed(loop, initial, rows, step, replay.size)
  return results.map((x, i) => (i < first ? x : moveAxis(x, 0, 1)))
}

/** As one loop of the graph that is traced. */
function recorded(
  trace: TraceBackend,
  loop: Loop,
  initial: readonly Tensor[],
  rows: readonly Tensor[],
  step: Step,
): readonly Tensor[] {
  const { graph } = trace
  const inputFor = ({ shape, dtype }: Node, axes: number): Node => stepInput(graph, shape.slice(axes), dtype)
  const begin = initial.map((x) => trace.nodeOf(x))
  const arrays = rows.map((x) => trace.nodeOf(x))
  const index = stepInput(graph, [], 'int32')
  const state = begin.map((node) => inputFor(node, 0))
  const row = arrays.map((node) => inputFor(node, 1))
  const tensorsOf = (nodes: readonly Node[]): readonly Tensor[] => nodes.map((node) => trace.tensorOf(node))
  const { next, collected } = step(trace.tensorOf(index), tensorsOf(state), tensorsOf(row))
  const steps = {
    count: loop.count,
    isReverse: loop.isReverse,
    index,
    carried: state.map((input, i) => ({ input, next: trace.nodeOf(next[i]!) })),
    slices: row.map((input, i) => ({ input, every: loop.slices[i]!.every })),
    outputs: collected.map((x, i) => ({ node: trace.nodeOf(x), every: loop.outputs[i]!.every })),
  }
  return tensorsOf(addLoop(graph, steps, begin, arrays))
}

/** Step by step. */
function computed(
  { count, isReverse, slices, outputs }: Loop,
  initial: readonly Tensor[],
  rows: readonly Tensor[],
  step: Step,
  size: number,
): readonly Tensor[] {
  let state = initial
  const kept: Tensor[][] = outputs.map(() => [])
  for (let turn = 0; turn < count; turn++) {
    const at = isReverse ? count - 1 - turn : turn
    const isLastOf = (every: number): boolean => (at + 1) % every === 0
    const row = rows.map((x, i) => {
      const { every } = slices[i]!
      const shape = x.shape.slice(1)
      if (!isLastOf(every)) return fill(shape, 0, x.dtype as 'float32')
      const begin = [Math.floor(at / every), ...shape.map(() => 0)]
      return reshape(slice(x, begin, [1, ...shape]), shape)
    })
    const { next, collected } = step(constant(at, 'int32'), state, row)
    state = next
    for (const [i, { every }] of outputs.entries()) if (isLastOf(every)) kept[i]!.push(collected[i]!)
  }
  const collected = kept.map((items, i) => {
    if (items.length > 0) return stack(isReverse ? items.toReversed() : items)
    const { shape, dtype } = outputs[i]!.node
    return fill([0, size, ...shape], 0, dtype)
  })
  return [...state, ...collected]
}
