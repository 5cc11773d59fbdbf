import { fillBits } from './fillBits.ts'
import type { Parameter } from './fillBlocks.ts'
import { split, type Key } from './key.ts'

/**
 * Whole numbers from `low` to `high` − 1, or `low` where `high` is not above it: those of `jax.random.randint`.
 * 64 random bits modulo the span, with products modulo 2³²: exact up to 2⁻³² for spans up to 2¹⁶ and powers of two,
 * and as even as JAX's for greater ones.
 *
 * @param low whole, from −2³¹ to 2³¹ − 1, like `high`; `high` may be 2³¹.
 */
export function fillRandint(key: Key, low: Parameter, high: Parameter, out: Int32Array | Float32Array): void {
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
