import { asItIs } from './asItIs.ts'
import { EXACT } from './exact.ts'
import { folded, withConstants } from './folding.ts'
import type { Graph, Operation } from './graph.ts'
import { inReals, isInReals } from './inReals.ts'
import type { Node } from './node.ts'
import { bitsSeenThrough, ofBits, takenBranch } from './ofBits.ts'
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
  if (bits) return instead(graph, () => ('node' in bits ? bits.node : simplified(graph, bits.operation)))
  const own = passes.folding ? withConstants(operation, precision) : operation
  if (!passes.algebra) return graph.add(own)
  const same = asItIs(own) ?? takenBranch(own, precision)
  if (same) return instead(graph, () => same)
  const other = withoutSigns(own) ?? reshapedOnce(own) ?? bitsSeenThrough(own)
  if (other) return instead(graph, () => simplified(graph, other))
  if (isInReals(own)) return instead(graph, () => inReals(own, precision, (made) => simplified(graph, made)))
  return graph.add(shiftedOnce(own) ?? own)
}

/** What is made in the place of an operation, which counts as one, whatever is recorded for it. */
function instead({ tally, nodes }: Graph, make: () => Node): Node {
  const [counts, before] = [{ ...tally }, nodes.length]
  const node = make()
  const made = nodes.slice(before).filter(({ kernel }) => kernel).length
  Object.assign(tally, counts, { algebra: counts.algebra + 1 - made })
  return node
}

/** What folding gives, if every engine gives the same where that is asked for. */
function foldedIn(graph: Graph, operation: Operation): Operation | undefined {
  return isExact(graph, operation) ? folded(operation, graph.precision) : undefined
}

function isExact({ reproducible }: Graph, { op, kernel }: Operation): boolean {
  return !reproducible || !kernel?.elementwise || EXACT.has(op)
}
