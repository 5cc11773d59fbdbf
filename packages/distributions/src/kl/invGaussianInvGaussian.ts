import { add, div, log, mul, square, sub, type Real } from '@variate/core/ops'
import type { Resolved } from '../define.ts'

/** (log(λp/λq) − 1 + λq/λp + λq·(μp − μq)²/(μp·μq²))/2. */
export function invGaussianInvGaussian(
  p: Resolved<'concentration' | 'mean'>,
  q: Resolved<'concentration' | 'mean'>,
): Real {
  const ratio = div(q.concentration, p.concentration)
  const gap = square(div(sub(p.mean, q.mean), q.mean))
  const shift = mul(div(q.concentration, p.mean), gap)
  return mul(0.5, add(sub(sub(ratio, 1), log(ratio)), shift))
}
