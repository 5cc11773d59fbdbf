import type { Node } from '../graph/node.ts'
import type { Body } from '../loop/body.ts'
import type { Carried } from '../loop/loopNode.ts'
import type { Emission } from './emission.ts'
import type { ValueInfo } from './model/messages.ts'

/** Steps of a loop as ONNX's `Scan` has them. */
export interface ScanOf {
  readonly carried: readonly Carried[]
  /** What is carried at first. */
  readonly initial: readonly string[]
  /** What a step is given one row of, and the tensors of all rows. */
  readonly given: readonly { readonly node: Node; readonly rows: string }[]
  readonly isReverse: boolean
  readonly nodes: Body['nodes']
  readonly outputs: readonly Node[]
  /** Says what else a step is given. */
  readonly prepare?: (e: Emission) => void
}

/** A `Scan`: what is carried at last, then the rows of each output. */
export function scan(of: ScanOf, e: Emission): readonly string[] {
  const { carried, initial, given, isReverse, nodes, outputs, prepare } = of
  const body = e.within()
  const infoOf = (node: Node, name: string): ValueInfo => ({
    name,
    type: e.type(node.dtype),
    shape: node.shape,
  })
  const inputs = [...carried.map(({ input }) => input), ...given.map(({ node }) => node)].map((node) => {
    const name = body.graph.input('step')
    body.set(node, name)
    return infoOf(node, name)
  })
  prepare?.(body)
  e.emit(nodes.filter(({ op }) => op === 'constant'))
  body.emit(nodes)
  const made = [...carried.map(({ next }) => next), ...outputs]
  // Each result of a body has a name of its own.
  const results = made.map((node) => {
    const name = e.graph.name('next')
    body.graph.rename(body.of(node), name)
    return infoOf(node, name)
  })
  const direction = +isReverse
  return e.graph.several('Scan', [...initial, ...given.map(({ rows }) => rows)], made.length, {
    body: body.graph.graph('step', inputs, results),
    num_scan_inputs: given.length,
    scan_input_directions: given.map(() => direction),
    scan_output_directions: outputs.map(() => direction),
  })
}
