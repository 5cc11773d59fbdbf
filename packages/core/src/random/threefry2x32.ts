/** The parity constant of Threefish, cut to 32 bits: it keeps the all-zero key from being a weak one. */
const PARITY = 0x1bd11bda

/**
 * Threefry-2x32 with 20 rounds (Salmon, Moraes, Dror and Shaw 2011, “Parallel random numbers: as easy as
 * 1, 2, 3”): encrypts the consecutive counters (high, low), (high, low + 1), … under the key (key0, key1)
 * and writes the two words of each, one after the other, to `words`.
 *
 * A counter is one 64-bit number in two words, as JAX counts under `jax_threefry_partitionable`; `low` must
 * not pass 2³² − 1 within a call.
 *
 * Two counters a turn: the processor overlaps their rounds. The second of an odd last turn is written beyond the end,
 * which a typed array ignores.
 */
export function threefry2x32(
  key0: number,
  key1: number,
  high: number,
  low: number,
  words: Uint32Array,
): void {
  // As int32, since a word above 2³¹ − 1 would turn every addition into one of doubles; and before the call, since an
  // engine that has compiled the rounds for int32 may otherwise go back to interpreting them.
  encrypt(key0 | 0, key1 | 0, high | 0, low | 0, words)
}

function encrypt(k0: number, k1: number, high: number, low: number, words: Uint32Array): void {
  const k2 = k0 ^ k1 ^ PARITY
  const start = (high + k0) | 0
  let next = (low + k1) | 0
  for (let i = 0; i < words.length; i += 4, next = (next + 2) | 0) {
    let x0 = start
    let y0 = start
    let x1 = next
    let y1 = (next + 1) | 0

    x0 = (x0 + x1) | 0
    y0 = (y0 + y1) | 0
    x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0
    y1 = ((y1 << 13) | (y1 >>> 19)) ^ y0
    x0 = (x0 + x1) | 0
    y0 = (y0 + y1) | 0
    x1 = ((x1 << 15) | (x1 >>> 17)) ^ x0
    y1 = ((y1 << 15) | (y1 >>> 17)) ^ y0
    x0 = (x0 + x1) | 0
    y0 = (y0 + y1) | 0
    x1 = ((x1 << 26) | (x1 >>> 6)) ^ x0
    y1 = ((y1 << 26) | (y1 >>> 6)) ^ y0
    x0 = (x0 + x1) | 0
    y0 = (y0 + y1) | 0
    x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0
    y1 = ((y1 << 6) | (y1 >>> 26)) ^ y0
    x0 = (x0 + k1) | 0
    x1 = (x1 + k2 + 1) | 0
    y0 = (y0 + k1) | 0
    y1 = (y1 + k2 + 1) | 0

    x0 = (x0 + x1) | 0
    y0 = (y0 + y1) | 0
    x1 = ((x1 << 17) | (x1 >>> 15)) ^ x0
    y1 = ((y1 << 17) | (y1 >>> 15)) ^ y0
    x0 = (x0 + x1) | 0
    y0 = (y0 + y1) | 0
    x1 = ((x1 << 29) | (x1 >>> 3)) ^ x0
    y1 = ((y1 << 29) | (y1 >>> 3)) ^ y0
    x0 = (x0 + x1) | 0
    y0 = (y0 + y1) | 0
    x1 = ((x1 << 16) | (x1 >>> 16)) ^ x0
    y1 = ((y1 << 16) | (y1 >>> 16)) ^ y0
    x0 = (x0 + x1) | 0
    y0 = (y0 + y1) | 0
    x1 = ((x1 << 24) | (x1 >>> 8)) ^ x0
    y1 = ((y1 << 24) | (y1 >>> 8)) ^ y0
    x0 = (x0 + k2) | 0
    x1 = (x1 + k0 + 2) | 0
    y0 = (y0 + k2) | 0
    y1 = (y1 + k0 + 2) | 0

    x0 = (x0 + x1) | 0
    y0 = (y0 + y1) | 0
    x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0
    y1 = ((y1 << 13) | (y1 >>> 19)) ^ y0
    x0 = (x0 + x1) | 0
    y0 = (y0 + y1) | 0
    x1 = ((x1 << 15) | (x1 >>> 17)) ^ x0
    y1 = ((y1 << 15) | (y1 >>> 17)) ^ y0
    x0 = (x0 + x1) | 0
    y0 = (y0 + y1) | 0
    x1 = ((x1 << 26) | (x1 >>> 6)) ^ x0
    y1 = ((y1 << 26) | (y1 >>> 6)) ^ y0
    x0 = (x0 + x1) | 0
    y0 = (y0 + y1) | 0
    x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0
    y1 = ((y1 << 6) | (y1 >>> 26)) ^ y0
    x0 = (x0 + k0) | 0
    x1 = (x1 + k1 + 3) | 0
    y0 = (y0 + k0) | 0
    y1 = (y1 + k1 + 3) | 0

    x0 = (x0 + x1) | 0
    y0 = (y0 + y1) | 0
    x1 = ((x1 << 17) | (x1 >>> 15)) ^ x0
    y1 = ((y1 << 17) | (y1 >>> 15)) ^ y0
    x0 = (x0 + x1) | 0
    y0 = (y0 + y1) | 0
    x1 = ((x1 << 29) | (x1 >>> 3)) ^ x0
    y1 = ((y1 << 29) | (y1 >>> 3)) ^ y0
    x0 = (x0 + x1) | 0
    y0 = (y0 + y1) | 0
    x1 = ((x1 << 16) | (x1 >>> 16)) ^ x0
    y1 = ((y1 << 16) | (y1 >>> 16)) ^ y0
    x0 = (x0 + x1) | 0
    y0 = (y0 + y1) | 0
    x1 = ((x1 << 24) | (x1 >>> 8)) ^ x0
    y1 = ((y1 << 24) | (y1 >>> 8)) ^ y0
    x0 = (x0 + k1) | 0
    x1 = (x1 + k2 + 4) | 0
    y0 = (y0 + k1) | 0
    y1 = (y1 + k2 + 4) | 0

    x0 = (x0 + x1) | 0
    y0 = (y0 + y1) | 0
    x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0
    y1 = ((y1 << 13) | (y1 >>> 19)) ^ y0
    x0 = (x0 + x1) | 0
    y0 = (y0 + y1) | 0
    x1 = ((x1 << 15) | (x1 >>> 17)) ^ x0
    y1 = ((y1 << 15) | (y1 >>> 17)) ^ y0
    x0 = (x0 + x1) | 0
    y0 = (y0 + y1) | 0
    x1 = ((x1 << 26) | (x1 >>> 6)) ^ x0
    y1 = ((y1 << 26) | (y1 >>> 6)) ^ y0
    x0 = (x0 + x1) | 0
    y0 = (y0 + y1) | 0
    x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0
    y1 = ((y1 << 6) | (y1 >>> 26)) ^ y0

    words[i] = (x0 + k2) | 0
    words[i + 1] = (x1 + k0 + 5) | 0
    words[i + 2] = (y0 + k2) | 0
    words[i + 3] = (y1 + k0 + 5) | 0
  }
}
