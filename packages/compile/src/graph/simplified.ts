import { asItIs } from './asItIs.ts'
import { EXACT } from './exact.ts'
import { folded, withConstants } from './folding.ts'
import type { Graph, Operation } from './graph.ts'
import { inReals } from './inReals.ts'
import type { Node } from './node.ts'
import { ofBits, takenBranch } from './ofBits.ts'
import { reshapedOnce } from './reshapedOnce.ts'
import { shiftedOnce } from './shiftedOnce.ts'
import { withoutSigns } from './withoutSigns.ts'

/** The node of an operation, or a simpler one that gives the same numbers. */
export function simplified(graph: Graph, operation: Operation): Node {
  const { passes, precision, tally } = graph
  const known = passes.folding ? foldedIn(graph, operation) : undefined
  if (known) {
    tally.folding++
    return graph.add(known)
  }
  const bits = passes.algebra && isExact(graph, operation) ? ofBits(operation, precision) : undefined
  if (bits) {
    tally.algebra++
    return 'node' in bits ? bits.node : simplified(graph, bits.operation)
  }
  const own = passes.folding ? withConstants(operation, precision) : operation
  const other = passes.algebra ? (withoutSigns(own) ?? reshapedOnce(own)) : undefined
  if (other) {
    tally.algebra++
    return simplified(graph, other)
  }
  const same = passes.algebra
    ? (asItIs(own) ??
      takenBranch(own, precision) ??
      inReals(own, precision, (made) => simplified(graph, made)))
    : undefined
  if (same) tally.algebra++
  return same ?? graph.add((passes.algebra && shiftedOnce(own)) || own)
}

/** What folding gives, if every engine gives the same where that is asked for. */
function foldedIn(graph: Graph, operation: Operation): Operation | undefined {
  return isExact(graph, operation) ? folded(operation, graph.precision) : undefined
}

function isExact({ reproducible }: Graph, { op, kernel }: Operation): boolean {
  return !reproducible || !kernel?.elementwise || EXACT.has(op)
}
