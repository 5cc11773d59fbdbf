import type { Node } from '../graph/node.ts'
import { loopOf } from './loopNode.ts'

/** What outputs need of a graph. */
export interface Live {
  /** The nodes, those of loops' steps as well, inputs before what is computed of them. */
  readonly nodes: readonly Node[]
  /** The results of each loop that are read, or that its own steps read, by their places. */
  readonly results: ReadonlyMap<Node, ReadonlySet<number>>
}

/** What outputs need: of loops for the results that are read. */
export function liveResults(outputs: readonly Node[]): Live {
  const found = new Set<Node>()
  const results = new Map<Node, Set<number>>()
  const stack = [...outputs]
  /** Loops of which more results were found to be read, all others first. */
  const open = new Set<Node>()
  for (let node = stack.pop() ?? taken(open); node; node = stack.pop() ?? taken(open)) {
    if (node.op === 'loop') {
      found.add(node)
      stack.push(...readBy(node, results.get(node)!))
      continue
    }
    if (found.has(node)) continue
    found.add(node)
    if (node.op !== 'loopResult') {
      stack.push(...node.inputs)
      continue
    }
    const [loop] = node.inputs as readonly [Node]
    const known = results.get(loop) ?? new Set()
    results.set(loop, known.add(node.attributes['index'] as number))
    open.add(loop)
  }
  return { nodes: [...found].toSorted((a, b) => a.id - b.id), results }
}

/** Takes one of a set. */
function taken(nodes: Set<Node>): Node | undefined {
  const [node] = nodes
  if (node) nodes.delete(node)
  return node
}

/** What a loop reads for some of its results; those that its steps need for them are added to them. */
function readBy(node: Node, results: Set<number>): readonly Node[] {
  const loop = loopOf(node)
  for (;;) {
    const made = [...results].map((place) => loop.made[place]!)
    const { nodes, captures } = loop.bodyOf(made)
    const read = new Set([...nodes.flatMap(({ inputs }) => inputs), ...made])
    const before = results.size
    for (const [place, { input }] of loop.carried.entries()) if (read.has(input)) results.add(place)
    if (results.size > before) continue
    const carried = loop.carried.flatMap((_, place) => (results.has(place) ? node.inputs[place]! : []))
    const sliced = loop.slices.flatMap(({ input }, place) =>
      read.has(input) ? node.inputs[loop.carried.length + place]! : [],
    )
    return [...carried, ...sliced, ...nodes, ...captures]
  }
}
