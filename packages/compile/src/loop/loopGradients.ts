import type { Tensor } from '@tensorflow/tfjs-core'
import { add, fill, mul, pad, sum } from '@variate/core/ops'
import type { Node } from '../graph/node.ts'
import type { TraceBackend } from '../trace/traceBackend.ts'
import { dependents } from './dependents.ts'
import { addLoop, loopOf, stepInput, type Loop } from './loopNode.ts'

/** The gradients of the sum of a node with respect to others. */
type Gradients = (trace: TraceBackend, y: Node, wrt: readonly Node[]) => readonly Tensor[]

/**
 * The gradients of what a loop takes, by two further loops on the inputs that its own steps have: one that keeps what each
 * step began with, and one from the last step to the first that carries the slopes of what is carried, and sums those of
 * what is captured. They are loops as others are, so that gradients can be taken again.
 *
 * @param slopes of the results; undefined where nothing depends on one.
 * @param isActive whether the gradient of something that the loop takes is asked for.
 * @returns for each of what the loop takes its gradient; undefined where it is not asked for, or 0.
 */
export function loopGradients(
  trace: TraceBackend,
  node: Node,
  slopes: readonly (Tensor | undefined)[],
  isActive: (input: Node) => boolean,
  gradients: Gradients,
): readonly (Tensor | undefined)[] {
  const { graph } = trace
  const loop = loopOf(node)
  const { carried, slices, captures, outputs, index, count } = loop
  const depends = dependents(loop, (place) => isActive(node.inputs[place]!))
  const likewise = (x: Node): Node => stepInput(graph, x.shape, 'float32')
  const ofCarried = carried.flatMap(({ input, next }, place) =>
    depends.has(input) ? { place, input, next, slope: likewise(input) } : [],
  )
  const ofRows = slices.flatMap(({ input, every }, place) =>
    depends.has(input) ? { place: carried.length + place, input, every } : [],
  )
  const ofCaptured = captures.flatMap((input, place) =>
    depends.has(input)
      ? { place: carried.length + slices.length + place, input, total: likewise(input) }
      : [],
  )
  const ofOutputs = outputs.flatMap(({ node: output, every }, place) => {
    const given = slopes[carried.length + place]
    return given && depends.has(output) ? { output, every, given, slope: likewise(output) } : []
  })

  const products = [...ofCarried.map((x) => [x.slope, x.next]), ...ofOutputs.map((x) => [x.slope, x.output])]
  const y = products
    .map((pair) => sum(mul(...(pair.map((x) => trace.tensorOf(x)) as [Tensor, Tensor]))))
    .reduce((all, x) => add(all, x), fill([], 0))
  const wrt = [...ofCarried, ...ofRows, ...ofCaptured].map(({ input }) => input)
  const found = gradients(trace, trace.nodeOf(y), wrt)
  const foundRows = found.slice(ofCarried.length)
  const foundCaptured = foundRows.slice(ofRows.length)

  const back = [
    ...ofCarried.map(({ slope }, i) => ({ input: slope, next: trace.nodeOf(found[i]!) })),
    ...ofCaptured.map(({ total }, i) => ({
      input: total,
      next: trace.nodeOf(add(trace.tensorOf(total), foundCaptured[i]!)),
    })),
  ]
  const rows = ofRows.map(({ every }, i) => ({ node: trace.nodeOf(foundRows[i]!), every }))
  const read = readBy(loop, [...back.map(({ next }) => next), ...rows.map((row) => row.node)])
  const states = carried.filter(({ input }) => read.has(input)).map(({ input }) => input)
  const sliced = slices.flatMap((slice, place) =>
    read.has(slice.input) ? { slice, of: node.inputs[carried.length + place]! } : [],
  )
  const zeros = ({ shape }: Node): Tensor => fill(shape, 0)
  const results = addLoop(
    graph,
    {
      count,
      isReverse: !loop.isReverse,
      index,
      carried: back,
      slices: [
        ...states.map((input) => ({ input, every: 1 })),
        ...sliced.map(({ slice }) => slice),
        ...ofOutputs.map(({ slope, every }) => ({ input: slope, every })),
      ],
      outputs: rows,
    },
    [
      ...ofCarried.map(({ place, input }) => slopes[place] ?? zeros(input)),
      ...ofCaptured.map(({ input }) => zeros(input)),
    ].map((x) => trace.nodeOf(x)),
    [
      ...statesBefore(trace, node, states),
      ...sliced.map(({ of }) => of),
      ...ofOutputs.map(({ given }) => trace.nodeOf(given)),
    ],
  ).map((x) => trace.tensorOf(x))
  const out: (Tensor | undefined)[] = node.inputs.map(() => undefined)
  for (const [i, { place }] of [...ofCarried, ...ofCaptured, ...ofRows].entries()) {
    // What a step makes depend on what was asked for may begin with what does not.
    if (isActive(node.inputs[place]!)) out[place] = likeRows(results[i]!, node.inputs[place]!)
  }
  return out
}

/** What of the inputs of steps some results read. */
function readBy(loop: Loop, results: readonly Node[]): ReadonlySet<Node> {
  return new Set([...loop.bodyOf(results).nodes.flatMap(({ inputs }) => inputs), ...results])
}

/** What some of what is carried was before each step, one row behind the other. */
function statesBefore(trace: TraceBackend, node: Node, states: readonly Node[]): readonly Node[] {
  if (states.length === 0) return []
  const loop = loopOf(node)
  const outputs = states.map((x) => ({ node: x, every: 1 }))
  const { count, isReverse, index, carried, slices } = loop
  const sliced = node.inputs.slice(carried.length, carried.length + slices.length)
  const steps = { count, isReverse, index, carried, slices, outputs }
  return addLoop(trace.graph, steps, node.inputs.slice(0, carried.length), sliced).slice(carried.length)
}

/** A gradient with rows of zeros for those that no step has read. */
function likeRows(x: Tensor, { shape }: Node): Tensor {
  const more = (shape[0] ?? 0) - (x.shape[0] ?? 0)
  return more > 0 ? pad(x, [[0, more], ...shape.slice(1).map(() => [0, 0] as const)] as never) : x
}
