import type { Node } from '../graph/node.ts'
import { unsigned } from '../wasm/encode.ts'
import type { Statement } from '../wasm/statement.ts'
import { literal } from './element.ts'
import { filling } from './loops/filling.ts'
import { nest, type Nest } from './loops/nest.ts'
import { planOf } from './plan.ts'
import { ROUTINES } from './routines.ts'
import type { Target } from './target.ts'
import { Unroller } from './unroller.ts'

/**
 * The code of a program: stage by stage what is small is written out, what is large is written by loops, several nodes in
 * each, and the rest by routines or in JavaScript.
 */
export function lowerProgram(
  nodes: readonly Node[],
  outputs: readonly Node[],
  target: Target,
  unroll: boolean,
): readonly Statement[] {
  const { kinds, isStored, views, stages } = planOf(nodes, outputs, target.lanes.precision, unroll)
  for (const [node, of] of views) target.alias(node, of)
  const unroller = new Unroller(target)
  for (const node of nodes) {
    if (views.has(node) || (kinds.get(node) !== 'small' && isStored(node))) unroller.isStored(node)
  }
  return stages.flatMap(({ small, filled, loops, whole }) => [
    ...small.flatMap((node) => {
      unroller.of(node)
      return isStored(node) ? unroller.store(node) : []
    }),
    ...filled.map(({ node, fill }) =>
      target.define(filling(node, (l) => literal(l, fill, node.dtype), target)),
    ),
    ...[...loops.values()].map(({ domain, roots }) =>
      target.define(statementsOf(nest(roots, domain, target, isStored))),
    ),
    ...whole.flatMap((node) => ROUTINES[node.op]?.(node, target) ?? [called(node, target)]),
  ])
}

/** The call of the function that computes a node in JavaScript, whose inputs have their places before it runs. */
function called(node: Node, target: Target): Statement {
  for (const input of node.inputs) target.address(input)
  return { code: [0x10, ...unsigned(target.kernelOf(node))], args: [] }
}

function statementsOf({ before, loops }: Nest): readonly Statement[] {
  return [...before, ...loops]
}
