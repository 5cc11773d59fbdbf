import type { Node } from '../graph/node.ts'
import type { Loop } from '../loop/loopNode.ts'
import type { Settled } from '../loop/settled.ts'
import type { Precision } from '../wasm/lanes.ts'
import type { Cutting } from './cutOf.ts'
import { isDrawn } from './early.ts'
import { mayFail } from './mayFail.ts'

type Lacks = (node: Node) => boolean

/** Where it is only estimated what engines take: models, and what makes them, are loaded where they are worth it. */
const nothing: Lacks = () => false

/**
 * How a program is cut.
 *
 * @param lacks what ONNX lacks; nothing if not given.
 */
export function cuttingOf(
  { nodes, inputs, outputs, graph: { precision } }: Pick<Settled, 'nodes' | 'inputs' | 'outputs' | 'graph'>,
  lacks: Lacks = nothing,
): Cutting {
  return { nodes, results: outputs, given: new Set(inputs), precision, ...by(lacks) }
}

/**
 * How the steps of a loop are cut.
 *
 * @param lacks what ONNX lacks; nothing if not given.
 */
export function cuttingOfLoop(loop: Loop, precision: Precision, lacks: Lacks = nothing): Cutting {
  return {
    nodes: loop.nodes,
    results: loop.made,
    given: new Set([...loop.inputs, ...loop.captures]),
    late: new Set(loop.carried.map(({ input }) => input)),
    precision,
    ...by(lacks),
  }
}

function by(lacks: Lacks): Pick<Cutting, 'isEarly' | 'isAble'> {
  const isForWasm = (node: Node): boolean => mayFail(node) || lacks(node)
  return {
    isEarly: (node) => isDrawn(node) || isForWasm(node),
    isAble: (node) => !isForWasm(node) && node.op !== 'loopResult',
  }
}
