import { sizeOf, type Node, type Shape } from '../graph/node.ts'
import type { Linear } from './loops/linear.ts'
import type { Root } from './loops/root.ts'
import { originOf } from './originOf.ts'
import type { LoopGroup, Plan, Stage } from './plan.ts'

/** What code is written for, in order. */
export type Item =
  | { readonly kind: 'small' | 'whole'; readonly node: Node }
  /** Loops that go over the rows of their domains together, block by block, so that what one writes the next finds in the cache. */
  | { readonly kind: 'loops'; readonly groups: LoopGroup[] }

interface Chain {
  readonly groups: LoopGroup[]
  readonly rows: number
  /** Where it stands among the items. */
  readonly position: number
  readonly written: Map<Node, Root>
}

/** The least elements for which blocks are worthwhile. */
const MANY = 16_384
const FEWEST_ROWS = 64

/**
 * The items of a program, with the loops joined that only read the row of each other that they have come to.
 *
 * @param isJoined whether any are joined.
 */
export function rowChains(
  stages: readonly Stage[],
  views: Plan['views'],
  isJoined: boolean,
): readonly Item[] {
  const items: Item[] = []
  const positions = new Map<Node, number>()
  const chains = new Map<number, Chain>()
  for (const { small, loops, whole } of stages) {
    for (const node of small) positions.set(node, items.push({ kind: 'small', node }) - 1)
    for (const group of loops.values()) {
      const rows = group.domain[0] ?? 1
      const isLarge = isJoined && rows >= FEWEST_ROWS && sizeOf(group.domain) >= rows
      const chain = chains.get(rows)
      if (isLarge && chain && canJoin(group, chain, positions, views)) {
        chain.groups.push(group)
        for (const root of group.roots) {
          chain.written.set(root.node, root)
          positions.set(root.node, Math.max(chain.position, positions.get(root.node) ?? 0))
        }
        continue
      }
      const groups = [group]
      const position = items.push({ kind: 'loops', groups }) - 1
      const written = new Map(group.roots.map((root) => [root.node, root]))
      for (const { node } of group.roots) positions.set(node, Math.max(position, positions.get(node) ?? 0))
      if (isLarge) chains.set(rows, { groups, rows, position, written })
    }
    for (const node of whole) positions.set(node, items.push({ kind: 'whole', node }) - 1)
  }
  return items
}

function canJoin(
  group: LoopGroup,
  { groups, rows, position, written }: Chain,
  positions: ReadonlyMap<Node, number>,
  views: Plan['views'],
): boolean {
  if (Math.max(...[...groups, group].map(({ domain }) => sizeOf(domain))) < MANY) return false
  return group.reads.every(({ node, at }) => {
    const read = originOf(node, views)
    const root = written.get(read)
    if (root) {
      const length = sizeOf(read.shape) / rows
      // A concatenation may be written by other loops as well.
      return (
        read.op !== 'concat' && isOfRow(root.to, root.domain, length) && isOfRow(at, group.domain, length)
      )
    }
    // Given nodes have no position: they are there from the start.
    return (positions.get(read) ?? -1) < position
  })
}

/** Whether places for each index of the first axis are within that row of `length` elements. */
function isOfRow({ coefficients, offset }: Linear, domain: Shape, length: number): boolean {
  const [first, ...rest] = coefficients
  const farthest = rest.reduce((sum, c, axis) => sum + c * (domain[axis + 1]! - 1), offset)
  return first === length && offset >= 0 && farthest < length && rest.every((c) => c >= 0)
}

/** How many rows are done at a time: about 4096 elements of the largest domain, and whole vectors. */
export function rowsAtOnce(groups: readonly LoopGroup[]): number {
  const perRow = Math.max(...groups.map(({ domain }) => sizeOf(domain) / domain[0]!))
  const rows = Math.max(1, Math.floor(4096 / perRow))
  return rows < 16 ? rows : rows - (rows % 16)
}
