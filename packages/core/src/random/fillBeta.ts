import { fillLogGamma } from './fillGamma.ts'
import type { Draws, Parameter } from './fillBlocks.ts'
import { split, type Key } from './key.ts'

/**
 * Draws from beta distributions, x/(x + y) of two gamma draws, by their logarithms: both may be below every number.
 *
 * @param concentration1 > 0 and finite, like `concentration0`.
 */
export function fillBeta(key: Key, concentration1: Parameter, concentration0: Parameter, out: Draws): void {
  const [key1, key0] = split(key)
  const logs1 = new Float64Array(out.length)
  const logs0 = new Float64Array(out.length)
  fillLogGamma(key1, concentration1, logs1)
  fillLogGamma(key0, concentration0, logs0)
  for (let i = 0; i < out.length; i++) out[i] = 1 / (1 + Math.exp(logs0[i]! - logs1[i]!))
}
