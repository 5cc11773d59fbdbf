import { sizeOf, type Node } from '../graph/node.ts'
import type { Loop } from '../loop/loopNode.ts'
import type { Precision } from '../wasm/lanes.ts'
import type { Cut } from './cutOf.ts'
import { roomOf, typeIn } from './dataOf.ts'
import type { Feed } from './feedOf.ts'
import type { OnnxData } from './runtime.ts'

/** What computes what a model is given for each step. */
export interface ScanRows {
  /** The rows of a node for so many steps from one on, valid until the next call. */
  of(scanned: readonly Node[], from: number, steps: number): readonly OnnxData[]
}

/** The rows of steps: numbers of steps, rows of arrays, and what WebAssembly computes for each step. */
export function scanRows(
  { index, slices }: Loop,
  { handed }: Cut,
  feed: Feed,
  sliced: readonly OnnxData[],
  precision: Precision,
): ScanRows {
  const rooms = new Map<Node, OnnxData>()
  const arrays = new Map(slices.map(({ input }, i) => [input, sliced[i]!]))
  const rowsOf = (array: OnnxData, { shape }: Node, from: number, to: number): OnnxData =>
    array.subarray(from * sizeOf(shape), to * sizeOf(shape))
  const compute = (step: number, row: number): void => {
    if (feed.reads(index)) feed.set(index, [step])
    for (const [node, array] of arrays)
      if (feed.reads(node)) feed.set(node, rowsOf(array, node, step, step + 1))
    feed.run()
    for (const node of handed) feed.take(node, rooms.get(node)!, row * sizeOf(node.shape))
  }
  return {
    of: (scanned, from, steps) => {
      for (const node of handed) {
        const size = steps * sizeOf(node.shape)
        if ((rooms.get(node)?.length ?? -1) < size)
          rooms.set(node, roomOf(typeIn(node.dtype, precision), size))
      }
      if (handed.length > 0) for (let i = 0; i < steps; i++) compute(from + i, i)
      return scanned.map((node) => {
        const array = arrays.get(node)
        if (array) return rowsOf(array, node, from, from + steps)
        if (node === index) return Int32Array.from({ length: steps }, (_, i) => from + i)
        return rowsOf(rooms.get(node)!, node, 0, steps)
      })
    },
  }
}
