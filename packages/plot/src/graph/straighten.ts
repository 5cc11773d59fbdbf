import type { DirectedGraph } from './directedGraph.ts'
import type { Gap } from './gapsOf.ts'

/** How much more an edge within the same plates strives to be vertical. */
const WITHIN = 60
/** How much a node strives to stay where it is. */
const STAY = 0.02
const ROUNDS = 600

/**
 * Nodes moved across until what depends on each other is as nearly below each other as the gaps allow: projected gradient
 * descent on the squares of the edges' widths.
 */
export function straighten(
  { nodes, edges }: DirectedGraph,
  arranged: ReadonlyMap<string, number>,
  gaps: readonly Gap[],
): ReadonlyMap<string, number> {
  const platesOf = new Map(nodes.map(({ name, plates }) => [name, plates.toSorted().join('\n')]))
  const pulls = edges
    .filter(({ from, to }) => from !== to)
    .map(({ from, to }) => ({ from, to, weight: platesOf.get(from) === platesOf.get(to) ? WITHIN : 1 }))
  const totals = new Map(nodes.map(({ name }) => [name, STAY]))
  for (const { from, to, weight } of pulls)
    for (const name of [from, to]) totals.set(name, totals.get(name)! + weight)
  const x = new Map(arranged)
  for (let round = 0; round < ROUNDS; round++) {
    const sums = new Map([...arranged].map(([name, at]) => [name, STAY * at]))
    for (const { from, to, weight } of pulls) {
      sums.set(from, sums.get(from)! + weight * x.get(to)!)
      sums.set(to, sums.get(to)! + weight * x.get(from)!)
    }
    for (const [name, sum] of sums) x.set(name, (x.get(name)! + sum / totals.get(name)!) / 2)
    keepApart(x, gaps, totals)
  }
  settle(x, gaps)
  return x
}

/** Pushes those that are too near to each other apart, those less that are pulled more. */
function keepApart(x: Map<string, number>, gaps: readonly Gap[], pulls: ReadonlyMap<string, number>): void {
  for (const { left, right, least } of gaps) {
    const lack = least - (x.get(right)! - x.get(left)!)
    if (lack <= 0) continue
    const share = pulls.get(right)! / (pulls.get(left)! + pulls.get(right)!)
    x.set(left, x.get(left)! - share * lack)
    x.set(right, x.get(right)! + (1 - share) * lack)
  }
}

/** Pushes to the right until every gap is there: as none is in a cycle, after as many rounds as there are nodes at most. */
function settle(x: Map<string, number>, gaps: readonly Gap[]): void {
  for (let round = 0; round <= x.size; round++) {
    for (const { left, right, least } of gaps) x.set(right, Math.max(x.get(right)!, x.get(left)! + least))
  }
}
