import type { Node } from '../graph/node.ts'
import type { Plan } from './plan.ts'

/** The node in whose place a node lies. */
export function originOf(node: Node, views: Plan['views']): Node {
  const of = views.get(node)
  return of ? originOf(of, views) : node
}
