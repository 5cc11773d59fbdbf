import type { Graph } from '../graph/graph.ts'
import type { Node } from '../graph/node.ts'
import { PASSES, type PassCount } from '../graph/passes.ts'
import { withSteps } from '../loop/results.ts'

/**
 * How much there is before each pass and after it: of all that was recorded, then of what is computed.
 *
 * @param lowered what became of parts of it in code; those of steps of loops are counted as often as they are code.
 */
export function passCounts(
  { tally, nodes: recorded }: Graph,
  nodes: readonly Node[],
  lowered: readonly PassCount[] = [],
): readonly PassCount[] {
  const made = recorded.filter(isOperation).length
  const left = withSteps(nodes).filter(isOperation).length
  const once = made + tally.commonSubexpressions
  const ofRecord: readonly PassCount[] = [
    { pass: 'folding', before: once + tally.algebra + tally.folding, after: once + tally.algebra },
    { pass: 'algebra', before: once + tally.algebra, after: once },
    { pass: 'commonSubexpressions', before: once, after: made },
    { pass: 'deadCode', before: made, after: left },
  ]
  return PASSES.flatMap((pass) => {
    const own = [...ofRecord, ...lowered].filter((count) => count.pass === pass)
    if (own.length === 0) return []
    const sum = (of: 'before' | 'after'): number => own.reduce((all, count) => all + count[of], 0)
    return [{ pass, before: sum('before'), after: sum('after') }]
  })
}

/** Inputs and constants are none, and results of loops are theirs. */
function isOperation({ kernel, op }: Node): boolean {
  return kernel !== undefined || op === 'loop'
}
