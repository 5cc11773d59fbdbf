import type { Moments } from '../statistics.ts'
import { TILE, type Layout } from './layout.ts'

/** The sums in a kernel's memory. */
export function momentsOf(layout: Layout, memory: Float64Array): Moments {
  const { form, components, dimension: d, counts, first, second } = layout
  const totals = (address: number, length: number): Float64Array =>
    Float64Array.from({ length }, (_, i) => memory[address / 8 + 2 * i]! + memory[address / 8 + 2 * i + 1]!)
  return {
    counts: totals(counts, components),
    first: totals(first, components * d),
    second:
      form === 'dense'
        ? lowerTriangles(layout, memory)
        : totals(second, components * (form === 'planar' ? 3 : d)),
  }
}

/** Lower triangles by rows, from tiles of four rows and two columns. */
function lowerTriangles(
  { components, dimension: d, second, secondStep }: Layout,
  memory: Float64Array,
): Float64Array {
  const out = new Float64Array((components * d * (d + 1)) / 2)
  let to = 0
  for (let k = 0; k < components; k++)
    for (let a = 0; a < d; a++) {
      const tile = Math.floor(a / TILE)
      const row = (second + k * secondStep) / 8 + 2 * TILE * tile * (tile + 1) + 2 * (a % TILE)
      for (let b = 0; b <= a; b++) out[to++] = memory[row + 2 * TILE * (b >> 1) + (b & 1)]!
    }
  return out
}
