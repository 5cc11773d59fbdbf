import { tidy } from '@tensorflow/tfjs-core'
import { toTensor } from '../compiled/arrays.ts'
import type { Structure } from '../compiled/structure.ts'
import type { Node } from '../graph/node.ts'
import type { TraceBackend } from '../trace/traceBackend.ts'
import { addLoop, stepInput, type Steps } from './loopNode.ts'
import { partsOf, type AnyOptions, type AnyStep } from './options.ts'
import { checkRows, contextOf } from './stepContext.ts'
import { checkKept, madeBy, sameState } from './stepResult.ts'

/** The nodes of a loop's results, and how they are put together. */
export interface Recorded {
  readonly state: Structure
  readonly outputs: Structure
  readonly results: readonly Node[]
}

/**
 * Records a loop as one node of the graph that is traced, and what its steps compute as further ones.
 *
 * @param who is told of in errors.
 * @throws ShapeError for a step that returns another state than it is given, and rows that are too few.
 */
export function recordLoop(trace: TraceBackend, step: AnyStep, options: AnyOptions, who: string): Recorded {
  const { count, collect } = options
  const { graph } = trace
  const nodesOf = (parts: Structure): Node[] => parts.leaves.map((x) => trace.nodeOf(toTensor(x)))
  const inputsFor = (nodes: readonly Node[], rank: number): Node[] =>
    nodes.map(({ shape, dtype }) => stepInput(graph, shape.slice(rank), dtype))
  const state = partsOf(options.state, 'state')
  const each = partsOf(options.each, 'each')
  const inputs = partsOf(options.inputs, 'inputs')
  const initial = nodesOf(state)
  const sliced = nodesOf(each)
  for (const [i, { shape }] of sliced.entries()) checkRows(shape, each.paths[i]!, count, who)
  const index = stepInput(graph, [], 'int32')
  const given = inputsFor(initial, 0)
  const rows = inputsFor(sliced, 1)
  const tensors = (parts: Structure, nodes: readonly Node[]): unknown =>
    parts.rebuild(nodes.map((node) => trace.tensorOf(node)))
  let next: readonly Node[] = []
  let collected: readonly Node[] = []
  let outputs = partsOf(undefined, 'outputs')
  tidy(() => {
    const context = contextOf(trace.tensorOf(index), options.random, who, {
      inputs: inputs.rebuild(inputs.leaves.map(toTensor)),
      each: tensors(each, rows),
    })
    const made = madeBy(step(tensors(state, given) as never, context as never), collect !== undefined, who)
    next = nodesOf(sameState(state, made.state, who))
    outputs = made.outputs
    collected = nodesOf(outputs)
  })
  for (const [i, node] of next.entries()) checkKept(given[i]!, node, state.paths[i]!, who)
  const every = collect?.every ?? 1
  const steps: Steps = {
    count,
    isReverse: false,
    index,
    carried: given.map((input, i) => ({ input, next: next[i]! })),
    slices: rows.map((input) => ({ input, every: 1 })),
    outputs: collected.map((node) => ({ node, every })),
  }
  return { state, outputs, results: addLoop(graph, steps, initial, sliced) }
}
