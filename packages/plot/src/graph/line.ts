/** Nodes by their places in the graph, and what holds between them. */
export interface Line {
  /** The centres of the nodes. */
  readonly x: Float64Array
  readonly edges: readonly { readonly from: number; readonly to: number; readonly weight: number }[]
  readonly gaps: readonly { readonly left: number; readonly right: number; readonly least: number }[]
}

/** Between where a node may be while the others stay. */
export function freedom({ x, gaps }: Pick<Line, 'x' | 'gaps'>): (node: number) => readonly [number, number] {
  const before = Array.from(x, (_, i) => gaps.filter(({ right }) => right === i))
  const after = Array.from(x, (_, i) => gaps.filter(({ left }) => left === i))
  return (node) => {
    let [low, high] = [-Infinity, Infinity]
    for (const { left, least } of before[node]!) low = Math.max(low, x[left]! + least)
    for (const { right, least } of after[node]!) high = Math.min(high, x[right]! - least)
    return [low, high]
  }
}
