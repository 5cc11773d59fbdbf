/** The parity constant of Threefish, cut to 32 bits: it keeps the all-zero key from being a weak one. */
const PARITY = 0x1bd11bda

/**
 * Threefry-2x32 with 20 rounds (Salmon, Moraes, Dror and Shaw 2011, “Parallel random numbers: as easy as
 * 1, 2, 3”): encrypts the consecutive counters (high, low), (high, low + 1), … under the key (key0, key1)
 * and writes the two words of each, one after the other, to `words`.
 *
 * A counter is one 64-bit number in two words, as JAX counts under `jax_threefry_partitionable`; `low` must
 * not pass 2³² − 1 within a call.
 */
export function threefry2x32(
  key0: number,
  key1: number,
  high: number,
  low: number,
  words: Uint32Array,
): void {
  // As int32, since a word above 2³¹ − 1 would turn every addition into one of doubles.
  const k0 = key0 | 0
  const k1 = key1 | 0
  const first = high | 0
  let second = low | 0
  for (let i = 0; i < words.length; i += 2, second = (second + 1) | 0) {
    encrypt(k0, k1, first, second, words, i)
  }
}

/**
 * The words of one counter, all arguments int32. A function of its own, without a loop: V8 would leave one with a
 * loop unoptimised for calls with few counters once it has optimised the loop for calls with many.
 */
function encrypt(k0: number, k1: number, high: number, low: number, words: Uint32Array, i: number): void {
  const k2 = k0 ^ k1 ^ PARITY
  let x0 = (high + k0) | 0
  let x1 = (low + k1) | 0

  x0 = (x0 + x1) | 0
  x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0
  x0 = (x0 + x1) | 0
  x1 = ((x1 << 15) | (x1 >>> 17)) ^ x0
  x0 = (x0 + x1) | 0
  x1 = ((x1 << 26) | (x1 >>> 6)) ^ x0
  x0 = (x0 + x1) | 0
  x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0
  x0 = (x0 + k1) | 0
  x1 = (x1 + k2 + 1) | 0

  x0 = (x0 + x1) | 0
  x1 = ((x1 << 17) | (x1 >>> 15)) ^ x0
  x0 = (x0 + x1) | 0
  x1 = ((x1 << 29) | (x1 >>> 3)) ^ x0
  x0 = (x0 + x1) | 0
  x1 = ((x1 << 16) | (x1 >>> 16)) ^ x0
  x0 = (x0 + x1) | 0
  x1 = ((x1 << 24) | (x1 >>> 8)) ^ x0
  x0 = (x0 + k2) | 0
  x1 = (x1 + k0 + 2) | 0

  x0 = (x0 + x1) | 0
  x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0
  x0 = (x0 + x1) | 0
  x1 = ((x1 << 15) | (x1 >>> 17)) ^ x0
  x0 = (x0 + x1) | 0
  x1 = ((x1 << 26) | (x1 >>> 6)) ^ x0
  x0 = (x0 + x1) | 0
  x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0
  x0 = (x0 + k0) | 0
  x1 = (x1 + k1 + 3) | 0

  x0 = (x0 + x1) | 0
  x1 = ((x1 << 17) | (x1 >>> 15)) ^ x0
  x0 = (x0 + x1) | 0
  x1 = ((x1 << 29) | (x1 >>> 3)) ^ x0
  x0 = (x0 + x1) | 0
  x1 = ((x1 << 16) | (x1 >>> 16)) ^ x0
  x0 = (x0 + x1) | 0
  x1 = ((x1 << 24) | (x1 >>> 8)) ^ x0
  x0 = (x0 + k1) | 0
  x1 = (x1 + k2 + 4) | 0

  x0 = (x0 + x1) | 0
  x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0
  x0 = (x0 + x1) | 0
  x1 = ((x1 << 15) | (x1 >>> 17)) ^ x0
  x0 = (x0 + x1) | 0
  x1 = ((x1 << 26) | (x1 >>> 6)) ^ x0
  x0 = (x0 + x1) | 0
  x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0
  words[i] = (x0 + k2) | 0
  words[i + 1] = (x1 + k0 + 5) | 0
}
