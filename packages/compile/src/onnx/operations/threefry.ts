import { castTo } from '../convert.ts'
import type { GraphBuilder } from '../model/graphBuilder.ts'

/** Two tensors of uint32. */
export type Words = readonly [string, string]

/** The parity constant of Threefish, cut to 32 bits. */
const PARITY = 0x1bd11bda
const ROTATIONS = [
  [13, 15, 26, 6],
  [17, 29, 16, 24],
] as const

/**
 * Threefry-2x32 with 20 rounds (Salmon, Moraes, Dror and Shaw 2011, “Parallel random numbers: as easy as 1, 2, 3”): the
 * two words of counters under a key.
 */
export function threefry(graph: GraphBuilder, [key0, key1]: Words, [high, low]: Words): Words {
  const word = (x: number): string => graph.constant(x >>> 0, 'uint32')
  const xor = (a: string, b: string): string => graph.op('BitwiseXor', [a, b])
  // Runtimes add int32 and not uint32: the bits of the sum are the same.
  const plus = (...terms: readonly string[]): string => {
    const wholes = terms.map((term) => castTo(graph, term, 'int32'))
    return castTo(graph, wholes.reduce((a, b) => graph.op('Add', [a, b])), 'uint32') // prettier-ignore
  }
  const rotated = (x: string, by: number): string =>
    graph.op('BitwiseOr', [
      graph.op('BitShift', [x, word(by)], { direction: 'LEFT' }),
      graph.op('BitShift', [x, word(32 - by)], { direction: 'RIGHT' }),
    ])
  const keys = [key0, key1, xor(xor(key0, key1), word(PARITY))]
  let x = plus(high, key0)
  let y = plus(low, key1)
  for (let group = 0; group < 5; group++) {
    for (const by of ROTATIONS[group % 2]!) {
      x = plus(x, y)
      y = xor(rotated(y, by), x)
    }
    x = plus(x, keys[(group + 1) % 3]!)
    y = plus(y, keys[(group + 2) % 3]!, word(group + 1))
  }
  return [x, y]
}
