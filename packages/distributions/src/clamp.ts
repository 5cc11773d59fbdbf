import { maximum, minimum, type Real } from '@variate/core/ops'

/** x, or the end of [low, high] that it is beyond; no gradient in x there. */
export function clamp(x: Real, low: Real, high: Real): Real {
  return maximum(minimum(x, high), low)
}
