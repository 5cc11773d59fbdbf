import type { Node } from '../graph/node.ts'
import type { Passes } from '../graph/passes.ts'
import { unsigned } from '../wasm/encode.ts'
import type { Statement } from '../wasm/statement.ts'
import { overRows } from './loops/overRows.ts'
import { inPlace } from './inPlace.ts'
import { lifetimesOf } from './lifetimes.ts'
import { planOf } from './plan.ts'
import { countsOf } from './countsOf.ts'
import { rowChains } from './rowChains.ts'
import { share } from './share.ts'
import { ROUTINES, type Routine } from './routines.ts'
import { conv2dThen } from './routines/convolution/conv2d.ts'
import { eachElement } from './routines/eachElement.ts'
import { matMulThen } from './routines/matMul.ts'
import type { Target } from './target.ts'
import { Unroller } from './unroller.ts'

/**
 * The code of a program: stage by stage what is small is written out, what is large is written by loops, several nodes in
 * each, and the rest by routines or in JavaScript.
 *
 * @param given what lies in memory before.
 * @param moves what takes the place of which of these in the end.
 */
export function lowerProgram(
  nodes: readonly Node[],
  outputs: readonly Node[],
  target: Target,
  passes: Passes,
  given: ReadonlySet<Node>,
  moves: ReadonlyMap<Node, Node>,
): readonly Statement[] {
  const plan = planOf(nodes, outputs, given, target, passes)
  const { kinds, isStored, views, stages } = plan
  const items = rowChains(stages, views, passes.blocking)
  target.count(countsOf(plan, items))
  if (passes.reuse) {
    const lifetimes = lifetimesOf(plan, items)
    share(plan, lifetimes, outputs, target)
    for (const [node, place] of inPlace(plan, items, lifetimes, moves, outputs))
      if (target.canLieAt(node, place)) target.takeOver(node, place)
  }
  for (const [node, of] of views) target.alias(node, of)
  const unroller = new Unroller(target)
  for (const node of kinds.keys()) {
    if (views.has(node) || (kinds.get(node) !== 'small' && isStored(node))) unroller.isStored(node)
  }
  const small = [...kinds.values()].filter((kind) => kind === 'small').length
  if (small > 0) target.tell({ kind: 'written out', operations: small })
  return items.flatMap((item): readonly Statement[] => {
    target.freeRoom()
    if (item.kind === 'loops') {
      const writes = new Set(item.groups.flatMap(({ roots }) => roots.map(({ node }) => node)))
      target.tell({
        kind: 'loops',
        domains: item.groups.map(({ domain }) => domain),
        writes: [...writes].map(({ op }) => op),
      })
      return [target.define(overRows(item.groups, target, isStored))]
    }
    const { node } = item
    const product = plan.fused.get(node)
    if (product) {
      const operation = product.product.op
      target.tell({ kind: 'routine', operation, elementwise: product.operations })
      return (operation === 'conv2d' ? conv2dThen : matMulThen)(product, target, isStored)
    }
    if (item.kind === 'whole') {
      const operation = node.op
      const routine = routineOf(operation)?.(node, target)
      if (!routine) target.tell({ kind: 'called', operation, reason: reasonOf(node) })
      else if (operation !== 'loopResult') target.tell({ kind: 'routine', operation })
      return routine ?? [called(node, target)]
    }
    unroller.of(node)
    return isStored(node) ? unroller.store(node) : []
  })
}

/** The code of an operation, of one that is done for each element of a batch by that for one. */
function routineOf(op: string): Routine | undefined {
  if (op.startsWith('each ')) return (node, target) => eachElement(node, target, routineOf)
  return ROUTINES[op]
}

/** Why JavaScript is called for a node. */
function reasonOf({ op, inputs }: Node): string {
  if (!routineOf(op)) return `there is no code for ${op}`
  const types = inputs.map(({ shape, dtype }) => `${dtype} [${shape}]`).join(', ')
  return `the code for ${op} is not for ${types}`
}

/** The call of the function that computes a node in JavaScript, whose inputs have their places before it runs. */
function called(node: Node, target: Target): Statement {
  for (const input of node.inputs) target.address(input)
  return { code: [0x10, ...unsigned(target.kernelOf(node))], args: [] }
}
