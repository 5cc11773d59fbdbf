import { drawUniform, less, mul, splitKey, sub, where, type AnyKey, type Real } from '@variate/core/ops'
import type { Shape } from './distribution.ts'

/**
 * Uniform probabilities p and q = 1 − p, each with all its digits near 0, so that quantile functions of them reach
 * as far into both tails.
 */
export function drawTails(key: AnyKey, shape: Shape): readonly [p: Real, q: Real] {
  const [size, side] = splitKey(key)
  const half = mul(0.5, drawUniform(size!, shape))
  const isLower = less(drawUniform(side!, shape), 0.5)
  return [where(isLower, half, sub(1, half)), where(isLower, sub(1, half), half)]
}
