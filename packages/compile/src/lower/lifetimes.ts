import type { Node } from '../graph/node.ts'
import { originOf } from './originOf.ts'
import { takenBy, type Plan } from './plan.ts'
import type { Item } from './rowChains.ts'

/** From which item on to which a node's elements in memory are written or read. */
export interface Lifetime {
  readonly from: number
  readonly to: number
}

/**
 * When the places in memory of nodes are used, for all that items write or read there.
 *
 * What is written out reads memory when one of its values is first needed: where it, or what is written out of it, is
 * stored.
 */
export function lifetimesOf(
  { kinds, isStored, views, fused }: Plan,
  items: readonly Item[],
): ReadonlyMap<Node, Lifetime> {
  const lifetimes = new Map<Node, Lifetime>()
  const touch = (node: Node, at: number): void => {
    const origin = originOf(node, views)
    const { from, to } = lifetimes.get(origin) ?? { from: at, to: at }
    lifetimes.set(origin, { from: Math.min(from, at), to: Math.max(to, at) })
  }
  /** What the values of written out nodes read. */
  const reads = new Map<Node, ReadonlySet<Node>>()
  const readsOf = (node: Node): ReadonlySet<Node> => {
    const all = new Set<Node>()
    for (const input of node.inputs) {
      const origin = originOf(input, views)
      if (isStored(origin) || kinds.get(origin) === 'given') all.add(origin)
      for (const read of reads.get(origin) ?? []) all.add(read)
    }
    return all
  }
  for (const [at, item] of items.entries()) {
    if (item.kind === 'loops') {
      for (const group of item.groups) {
        for (const { node } of [...group.roots, ...group.filled, ...group.reads]) touch(node, at)
      }
    } else if (item.kind === 'whole') {
      for (const node of [item.node, ...takenBy(item.node, fused)]) touch(node, at)
    } else {
      const own = readsOf(item.node)
      reads.set(item.node, own)
      if (isStored(item.node)) for (const node of [item.node, ...own]) touch(node, at)
    }
  }
  return lifetimes
}
