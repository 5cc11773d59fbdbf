import { fillBits } from './fillBits.ts'
import type { Parameter } from './fillBlocks.ts'
import { split, type Key } from './key.ts'

/**
 * Whole numbers from `low` to `high` − 1, or `low` where `high` is not above it: those of `jax.random.randint`:
 * the 64-bit number of an upper and a lower word modulo the span, as long as the span is at most 2¹⁶; beyond, the
 * upper word's factor 2³² is 0 modulo 2³², in JAX as here, so that it is the lower word modulo the span.
 *
 * @param low whole, from −2³¹ to 2³¹ − 1, like `high`.
 */
export function fillRandint(key: Key, low: Parameter, high: Parameter, out: Int32Array): void {
  const [highKey, lowKey] = split(key)
  const upper = new Uint32Array(out.length)
  const lower = new Uint32Array(out.length)
  fillBits(highKey, upper)
  fillBits(lowKey, lower)
  for (let i = 0; i < out.length; i++) {
    const least = low[i % low.length]!
    const span = Math.max(1, high[i % high.length]! - least)
    const root = 2 ** 16 % span
    const multiplier = (Math.imul(root, root) >>> 0) % span
    const offset = (Math.imul(upper[i]! % span, multiplier) + (lower[i]! % span)) >>> 0
    out[i] = least + (offset % span)
  }
}
