import type { Tensor } from '@tensorflow/tfjs-core'
import { needed } from '../engine/needed.ts'
import type { Node } from '../graph/node.ts'
import type { ElementTrace } from './elementTrace.ts'
import { isDraw } from './rules/draw.ts'

/** The gradient that a node has of its own, recorded for one element. */
export interface Backward {
  /** The gradient of the node's result. */
  readonly dy: Node
  /** Those of its inputs, where they have any. */
  slopes(index: number): Node | undefined
  /** What they are computed of besides `dy`. */
  readonly needs: readonly Node[]
  /** Whether draws are among what depends on `dy`. */
  readonly hasDraws: boolean
}

/** Records the gradient of a node in the trace that it is of. A gradient that cannot be recorded is told of where it is asked for. */
export function backwardOf(node: Node, trace: ElementTrace): Backward {
  const dy = trace.outside(node.shape, 'float32')
  const places = node.inputs.flatMap((x, index) => (index > 0 && x.dtype === 'float32' ? index : []))
  let found: readonly Node[]
  try {
    found = trace.run(() => {
      const inputs = node.inputs.map((x) => trace.tensorOf(x))
      return places.map((index): Tensor =>
        node.kernel!.gradient(index, trace.tensorOf(dy), inputs, node.attributes),
      )
    })
  } catch (cause) {
    return { dy, needs: [], hasDraws: false, slopes: () => { throw cause } } // prettier-ignore
  }
  const dependent = dependentOn(dy, found)
  const needs = [...dependent].flatMap((x) => x.inputs).concat(found)
  return {
    dy,
    slopes: (index) => found[places.indexOf(index)],
    needs: [...new Set(needs)].filter((x) => !dependent.has(x) && x.op !== 'constant'),
    hasDraws: [...dependent].some((x) => isDraw(x)),
  }
}

/** The nodes that depend on one, itself included, among others and what these are computed of. */
function dependentOn(one: Node, others: readonly Node[]): ReadonlySet<Node> {
  const dependent = new Set([one])
  for (const node of needed(others)) {
    if (node.inputs.some((input) => dependent.has(input))) dependent.add(node)
  }
  return dependent
}
