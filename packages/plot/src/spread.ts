/**
 * Positions at least `gap` apart, in the order of the given ones and as near to them as the sum of squares
 * can be: for labels that would overlap. Overlapping neighbours are merged into blocks that stand around
 * their mean (pool adjacent violators).
 */
export function spread(positions: readonly number[], gap: number): number[] {
  const order = Array.from(positions.keys()).toSorted((a, b) => positions[a]! - positions[b]!)
  const blocks: { mean: number; members: number[] }[] = []
  for (const [rank, index] of order.entries()) {
    // Without the room that the labels before it take, a label may stand anywhere not below them.
    let block = { mean: positions[index]! - rank * gap, members: [index] }
    while (blocks.length > 0 && blocks.at(-1)!.mean > block.mean) {
      const previous = blocks.pop()!
      const [n, m] = [previous.members.length, block.members.length]
      block = {
        mean: (previous.mean * n + block.mean * m) / (n + m),
        members: [...previous.members, ...block.members],
      }
    }
    blocks.push(block)
  }
  const spreadOut = positions.slice()
  let rank = 0
  for (const { mean, members } of blocks) for (const index of members) spreadOut[index] = mean + rank++ * gap
  return spreadOut
}
