import type { Node } from '../graph/node.ts'
import type { Lifetime } from './lifetimes.ts'
import { originOf } from './originOf.ts'
import type { Plan } from './plan.ts'
import type { Target } from './target.ts'

/** What has a place of its own, filled before the program runs or laid out otherwise. */
const OWN = new Set(['constant', 'loop', 'loopResult'])

/**
 * Gives what a part of a program stores places that are used again. Its results keep theirs, and what loops take, whose
 * code is written once with the places that these have.
 */
export function share(
  plan: Plan,
  lifetimes: ReadonlyMap<Node, Lifetime>,
  outputs: readonly Node[],
  target: Target,
): void {
  const { kinds, views } = plan
  const kept = new Set([...outputs.map((node) => originOf(node, views)), ...takenByLoops(plan)])
  const all = [...lifetimes].filter(([node]) => kinds.get(node) !== 'given' && !OWN.has(node.op))
  for (const [node] of all) if (kept.has(node)) target.keep(node)
  target.share(new Map(all.filter(([node]) => !kept.has(node) && !target.isKept(node))))
}

/** What loops take: their code is written once, and reads it where it is then. */
export function takenByLoops({ kinds, views }: Plan): ReadonlySet<Node> {
  const loops = [...kinds.keys()].filter(({ op }) => op === 'loop')
  return new Set(loops.flatMap(({ inputs }) => inputs.map((node) => originOf(node, views))))
}
