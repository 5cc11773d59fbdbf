import { lanes, type Lanes } from '../lanes.ts'
import { I32, value, type Value } from '../value.ts'

// Words are int32, one or four at once.
const one = /* @__PURE__ */ lanes('float32', false)
const four = /* @__PURE__ */ lanes('float32', true)

/** The parity constant of Threefish, cut to 32 bits. */
const PARITY = 0x1bd11bda
const ROTATIONS = [
  [13, 15, 26, 6],
  [17, 29, 16, 24],
] as const

export type Words = readonly [Value, Value]

/**
 * Threefry-2x32 with 20 rounds (Salmon, Moraes, Dror and Shaw 2011, “Parallel random numbers: as easy as 1, 2, 3”): the
 * two words of a counter under a key, of one or of four counters, with the key in as many lanes.
 */
export function threefry([key0, key1]: Words, [high, low]: Words): Words {
  const l = low.type === I32 ? one : four
  const keys = [key0, key1, l.xor(l.xor(key0, key1), l.bits(PARITY))]
  let x = l.plus(high, key0)
  let y = l.plus(low, key1)
  for (let group = 0; group < 5; group++) {
    for (const by of ROTATIONS[group % 2]!) {
      x = l.plus(x, y)
      y = l.xor(rotated(l, y, by), x)
    }
    x = l.plus(x, keys[(group + 1) % 3]!)
    y = l.plus(l.plus(y, keys[(group + 2) % 3]!), l.bits(group + 1))
  }
  return [x, y]
}

function rotated(l: Lanes, x: Value, by: number): Value {
  if (!l.isVector) return value(I32, [0x77], [x, l.bits(by)])
  return l.or(l.shiftLeft(x, by), l.shiftRight(x, 32 - by))
}
