import type { Node } from '../graph/node.ts'
import type { Loop } from './loopNode.ts'

/**
 * What of the steps of a loop depends on some of what the loop takes: what is carried from step to step as well.
 *
 * @param isActive which of what the loop takes, by its place.
 */
export function dependents(loop: Loop, isActive: (place: number) => boolean): ReadonlySet<Node> {
  const { carried, slices, captures, nodes } = loop
  const taken = [...carried, ...slices].map(({ input }) => input)
  const depends = new Set([...taken, ...captures].filter((x, i) => isReal(x) && isActive(i)))
  for (let size = -1; size < depends.size;) {
    size = depends.size
    for (const node of nodes) {
      if (node.op !== 'stopGradient' && node.inputs.some((x) => depends.has(x))) depends.add(node)
    }
    for (const { input, next } of carried) if (isReal(input) && depends.has(next)) depends.add(input)
  }
  return depends
}

function isReal({ dtype }: Node): boolean {
  return dtype === 'float32'
}
