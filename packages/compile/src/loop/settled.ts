import type { Graph } from '../graph/graph.ts'
import type { Node } from '../graph/node.ts'
import type { Traced } from '../trace/trace.ts'
import { needed } from '../engine/needed.ts'
import { liveResults, type Live } from './liveResults.ts'
import { loopOf } from './loopNode.ts'
import { oneLoop } from './oneLoop.ts'

/** Operations that give their first input, and tell how derivatives are taken. */
const TOLD = new Set(['variable', 'stopGradient', 'customGradient'])

/** A program when all derivatives are taken. */
export interface Settled extends Traced {
  /** What is computed, inputs before what is computed of them. */
  readonly nodes: readonly Node[]
}

/**
 * The program when all derivatives are taken: without what they alone are told by, without results of loops that nothing
 * reads, and with several loops of the same steps on the same as one. Nodes that change keep their ids.
 */
export function settled({ graph, inputs, outputs }: Traced): Settled {
  const { deadCode, commonSubexpressions } = graph.passes
  const roots = deadCode ? outputs : [...outputs, ...unneeded(graph)]
  const live = liveResults(roots)
  const known = new Map<Node, Node>()
  const now = (node: Node): Node => known.get(node) ?? node
  /** Where the results of a loop stand among those that are left. */
  const loops = new Map<Node, ReadonlyMap<number, number>>()
  const groups = alike(live, commonSubexpressions)
  for (const node of live.nodes) {
    const taken = node.inputs.map(now)
    if (node.op === 'loop') {
      const group = groups.get(node)
      if (!group) continue
      const { loop, places } = oneLoop(group, live.results, now)
      for (const member of group) {
        known.set(member, loop)
        loops.set(member, places.get(member)!)
      }
    } else if (node.op === 'loopResult') {
      const index = loops.get(node.inputs[0]!)!.get(node.attributes['index'] as number)!
      known.set(node, Object.freeze({ ...node, inputs: taken, attributes: { index } }))
    } else if (TOLD.has(node.op)) known.set(node, taken[0]!)
    else if (taken.some((x, i) => x !== node.inputs[i]))
      known.set(node, Object.freeze({ ...node, inputs: taken }))
  }
  return { graph, inputs, outputs: outputs.map(now), nodes: needed(roots.map(now)) }
}

/** All nodes but those that are computed in steps of loops only. */
function unneeded({ nodes }: Graph): readonly Node[] {
  const inSteps = new Set<Node>()
  for (const node of nodes) {
    if ('step' in node.attributes || node.inputs.some((x) => inSteps.has(x))) inSteps.add(node)
  }
  return nodes.filter((node) => !inSteps.has(node) && node.op !== 'loop')
}

/**
 * Loops of the same steps on the same, by the first of them, which comes after all that any of their steps make.
 *
 * @param isShared whether several are one.
 */
function alike({ nodes, results }: Live, isShared: boolean): ReadonlyMap<Node, readonly Node[]> {
  const groups = new Map<Node, Node[]>()
  const firsts = new Map<string, Node>()
  for (const node of nodes.filter((x) => results.has(x))) {
    const key = keyOf(node)
    const first = firsts.get(key)
    if (isShared && first && loopOf(node).made.every(({ id }) => id < first.id)) groups.get(first)!.push(node)
    else {
      firsts.set(key, node)
      groups.set(node, [node])
    }
  }
  return groups
}

function keyOf(node: Node): string {
  const { key, carried, slices } = loopOf(node)
  return `${key} ${node.inputs.slice(0, carried.length + slices.length).map(({ id }) => id)}`
}
