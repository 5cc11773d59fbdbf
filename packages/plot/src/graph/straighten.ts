import { alignNearly } from './alignNearly.ts'
import type { DirectedGraph } from './directedGraph.ts'
import type { Gap } from './gapsOf.ts'
import { freedom, type Line } from './line.ts'

/** How much more an edge between random sites or what is computed of them, in the same plates, strives to be vertical. */
const WITHIN = 60
/** How much a node strives to stay where it is. */
const STAY = 0.02
const ROUNDS = 300
/** How often what is too near is pushed apart in each round. */
const PUSHES = 4
/** Rounds at the end, in which no gap is lost. */
const LAST_ROUNDS = 60

/**
 * Nodes moved across until what depends on each other is as nearly below each other as the gaps allow: projected gradient
 * descent on the squares of the edges' widths, and then each node by itself.
 */
export function straighten(
  { nodes, edges }: DirectedGraph,
  arranged: ReadonlyMap<string, number>,
  gaps: readonly Gap[],
): ReadonlyMap<string, number> {
  const at = new Map(nodes.map(({ name }, i) => [name, i]))
  const sites = nodes.map(({ kind, plates }) => ({ kind, id: plates.toSorted().join('\n') }))
  const line: Line = {
    x: Float64Array.from(nodes, ({ name }) => arranged.get(name)!),
    edges: edges
      .filter(({ from, to }) => from !== to)
      .map(({ from, to }) => {
        const [parent, child] = [sites[at.get(from)!]!, sites[at.get(to)!]!]
        const isSpine = parent.id === child.id && parent.kind !== 'input' && parent.kind !== 'param'
        return { from: at.get(from)!, to: at.get(to)!, weight: isSpine ? WITHIN : 1 }
      }),
    gaps: gaps.map(({ left, right, least }) => ({ left: at.get(left)!, right: at.get(right)!, least })),
  }
  descend(line)
  alignNearly(line)
  return new Map(nodes.map(({ name }, i) => [name, line.x[i]!]))
}

function descend({ x, edges, gaps }: Line): void {
  const start = x.slice()
  const totals = new Float64Array(x.length).fill(STAY)
  for (const { from, to, weight } of edges) {
    totals[from]! += weight
    totals[to]! += weight
  }
  for (let round = 0; round < ROUNDS; round++) {
    const sums = start.map((value) => STAY * value)
    for (const { from, to, weight } of edges) {
      sums[from]! += weight * x[to]!
      sums[to]! += weight * x[from]!
    }
    for (let i = 0; i < x.length; i++) x[i] = (x[i]! + sums[i]! / totals[i]!) / 2
    for (let push = 0; push < PUSHES; push++) keepApart(x, gaps, totals)
  }
  settle(x, gaps)
  const free = freedom({ x, gaps })
  const neighbours = Array.from(x, (_, i) => edges.filter(({ from, to }) => from === i || to === i))
  for (let round = 0; round < LAST_ROUNDS; round++) {
    for (let step = 0; step < x.length; step++) {
      const i = round % 2 === 0 ? step : x.length - 1 - step
      let sum = STAY * start[i]!
      for (const { from, to, weight } of neighbours[i]!) sum += weight * x[from === i ? to : from]!
      const [least, most] = free(i)
      x[i] = Math.max(least, Math.min(most, sum / totals[i]!))
    }
  }
}

/** Pushes those that are too near to each other apart, those less that are pulled more. */
function keepApart(x: Float64Array, gaps: Line['gaps'], pulls: Float64Array): void {
  for (const { left, right, least } of gaps) {
    const lack = least - (x[right]! - x[left]!)
    if (lack <= 0) continue
    const share = pulls[right]! / (pulls[left]! + pulls[right]!)
    x[left]! -= share * lack
    x[right]! += (1 - share) * lack
  }
}

/** Pushes to the right until every gap is there: as none is in a cycle, after as many rounds as there are nodes at most. */
function settle(x: Float64Array, gaps: Line['gaps']): void {
  for (let round = 0, isSettled = false; round <= x.length && !isSettled; round++) {
    isSettled = true
    for (const { left, right, least } of gaps) {
      if (x[right]! - x[left]! >= least) continue
      x[right] = x[left]! + least
      isSettled = false
    }
  }
}
