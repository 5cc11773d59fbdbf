import { describe, expect, it } from 'vitest'
import { separate, type Box } from '../src/separate.ts'

const overlap = (a: Box, b: Box): boolean =>
  Math.abs(a.x - b.x) < (a.width + b.width) / 2 - 0.02 &&
  Math.abs(a.y - b.y) < (a.height + b.height) / 2 - 0.02

describe('separate', () => {
  it('leaves boxes that do not overlap where they are', () => {
    const boxes = [0, 1, 2].map((i) => ({ x: 30 * i, y: 5, width: 30, height: 20 }))
    expect(separate(boxes)).toEqual(boxes)
  })

  it('moves two apart by the shorter way, each by half of it', () => {
    const [a, b] = separate([
      { x: 0, y: 0, width: 40, height: 10 },
      { x: 4, y: 4, width: 40, height: 10 },
    ])
    expect([a!.x, a!.y, b!.x, b!.y]).toEqual([0, -3, 4, 7])
  })

  it('leaves no two of many on each other, even if all were at one place', () => {
    const boxes = Array.from({ length: 12 }, (_, i) => ({
      x: 100,
      y: 100,
      width: 20 + 3 * (i % 4),
      height: 22,
    }))
    const moved = separate(boxes)
    for (const [i, a] of moved.entries())
      for (const b of moved.slice(i + 1)) expect(overlap(a, b)).toBe(false)
  })
})
