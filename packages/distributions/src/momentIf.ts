import { greater, sub, where, type Real } from '@variate/core/ops'

/** A moment that is finite only where `parameter` > `least`: what `f` gives there, of the excess over `least`, else ∞. */
export function momentIf(parameter: Real, least: number, f: (excess: Real) => Real): Real {
  const isFinite = greater(parameter, least)
  return where(isFinite, f(where(isFinite, sub(parameter, least), 1)), Infinity)
}
