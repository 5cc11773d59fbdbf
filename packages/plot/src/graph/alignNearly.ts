import { freedom, type Line } from './line.ts'

/** Within so many pixels, an edge is made vertical. */
const NEARLY = 14

/** Puts nodes that nearly vertical edges connect exactly below each other, where the gaps to the others allow it. */
export function alignNearly({ x, edges, gaps }: Line): void {
  const groups = Array.from(x, (_, i) => new Set([i]))
  for (const { from, to } of edges) {
    const [one, other] = [groups[from]!, groups[to]!]
    const both = [...one, ...other].map((node) => x[node]!)
    if (one === other || Math.max(...both) - Math.min(...both) > NEARLY) continue
    for (const node of other) groups[node] = one.add(node)
  }
  const free = freedom({ x, gaps })
  for (const group of new Set(groups)) {
    const isBeside = gaps.some(({ left, right }) => group.has(left) && group.has(right))
    const limits = [...group].map(free)
    const [least, most] = [
      Math.max(...limits.map(([low]) => low)),
      Math.min(...limits.map(([, high]) => high)),
    ]
    if (group.size === 1 || isBeside || least > most) continue
    const middle = [...group].reduce((sum, node) => sum + x[node]!, 0) / group.size
    for (const node of group) x[node] = Math.max(least, Math.min(most, middle))
  }
}
