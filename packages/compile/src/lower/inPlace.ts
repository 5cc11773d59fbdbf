import type { Node } from '../graph/node.ts'
import type { Lifetime } from './lifetimes.ts'
import type { Linear } from './loops/linear.ts'
import { writingOf, type Root } from './loops/root.ts'
import { originOf } from './originOf.ts'
import { readsOf, type Plan } from './plan.ts'
import type { Item } from './rowChains.ts'
import { takenByLoops } from './share.ts'

/**
 * Of nodes whose numbers are to lie in the place of others in the end, those that can be written there at once, element upon
 * element: nothing reads the other node later, and of what is computed meanwhile only that very element does, of itself.
 *
 * @param moves what takes the place of which given node.
 * @param outputs what is read when all has run.
 */
export function inPlace(
  plan: Plan,
  items: readonly Item[],
  lifetimes: ReadonlyMap<Node, Lifetime>,
  moves: ReadonlyMap<Node, Node>,
  outputs: readonly Node[],
): readonly (readonly [node: Node, place: Node])[] {
  const { kinds, views, isStored } = plan
  const read = new Set(outputs.map((node) => originOf(node, views)))
  // Code of loops that other code runs as well, which has other places for the same nodes.
  const taken = takenByLoops(plan)
  const left = new Set(moves.values())
  const found: [Node, Node][] = []
  for (const [node, place] of moves) {
    const isFirst = left.delete(place)
    if (!isFirst || read.has(place) || taken.has(node)) continue
    if (kinds.get(node) !== 'looped' || views.has(node)) continue
    const at = items.findIndex(
      (item) => item.kind === 'loops' && rootsOf(item).some((root) => root.node === node),
    )
    if ((lifetimes.get(place)?.to ?? 0) > at) continue
    const roots = rootsOf(items[at]!)
    const own = roots.filter((root) => root.node === node)
    if (own.length !== 1 || !isElementwise(own[0]!)) continue
    const isKept = roots.every((root) =>
      readsOf(root, isStored).every(
        ({ node: of, at: from }) => originOf(of, views) !== place || (root === own[0] && isOwn(from, root)),
      ),
    )
    if (isKept) found.push([node, place])
  }
  return found
}

function rootsOf(item: Item): readonly Root[] {
  return item.kind === 'loops' ? item.groups.flatMap(({ roots }) => roots) : []
}

/** Whether each element of a root is written once, of elements of others. */
function isElementwise({ node, source, reduction }: Root): boolean {
  return source === node && reduction === undefined && writingOf(node).fill === undefined
}

/** Whether a place is that of the element that is written. */
function isOwn({ coefficients, offset }: Linear, { to }: Root): boolean {
  return offset === to.offset && coefficients.every((c, axis) => c === to.coefficients[axis])
}
