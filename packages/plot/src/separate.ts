/** A box around a point, in pixels. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const ROUNDS = 200

/**
 * Boxes moved apart until none overlaps another, or nearly so: each pair by the shorter way, both by half of it. For names of groups
 * that share a middle.
 */
export function separate(boxes: readonly Box[]): readonly Box[] {
  const moved = boxes.map((box) => ({ ...box }))
  for (let round = 0; round < ROUNDS; round++) {
    let isClear = true
    for (let i = 0; i < moved.length; i++) {
      for (let j = i + 1; j < moved.length; j++) {
        const [a, b] = [moved[i]!, moved[j]!]
        const right = (a.width + b.width) / 2 - Math.abs(a.x - b.x)
        const down = (a.height + b.height) / 2 - Math.abs(a.y - b.y)
        if (right <= 0.01 || down <= 0.01) continue
        isClear = false
        // The first of two at the same place goes left, or up.
        if (right < down) {
          const way = (a.x > b.x ? right : -right) / 2
          a.x += way
          b.x -= way
        } else {
          const way = (a.y > b.y ? down : -down) / 2
          a.y += way
          b.y -= way
        }
      }
    }
    if (isClear) break
  }
  return moved
}
