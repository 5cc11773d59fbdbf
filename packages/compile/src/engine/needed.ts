import type { Node } from '../graph/node.ts'

/**
 * The nodes that the outputs need, inputs before what is computed of them.
 *
 * @param given need nothing, and are left out.
 */
export function needed(outputs: readonly Node[], given: ReadonlySet<Node> = new Set()): readonly Node[] {
  const found = new Set<Node>()
  const stack = [...outputs]
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (found.has(node) || given.has(node)) continue
    found.add(node)
    stack.push(...node.inputs)
  }
  return [...found].toSorted((a, b) => a.id - b.id)
}
