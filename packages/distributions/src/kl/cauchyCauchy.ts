import { add, div, log1p, mul, square, sub, type Real } from '@variate/core/ops'
import type { Resolved } from '../define.ts'

/** log(((γp + γq)² + (μp − μq)²)/(4·γp·γq)) (Chyzak and Nielsen 2019). */
export function cauchyCauchy(p: Resolved<'loc' | 'scale'>, q: Resolved<'loc' | 'scale'>): Real {
  const gap = square(sub(p.loc, q.loc))
  const excess = add(square(sub(p.scale, q.scale)), gap)
  return log1p(div(div(excess, mul(4, p.scale)), q.scale))
}
