import { add, div, log, mul, square, sub, type Real } from '@variate/core/ops'
import type { Resolved } from '../define.ts'

const HALF_LOG_TWO_PI = 0.9189385332046727

/** log(σ√(2π)) + (2b² + (m − μ)²)/(2σ²) − log(2b) − 1. */
export function laplaceNormal(p: Resolved<'loc' | 'scale'>, q: Resolved<'loc' | 'scale'>): Real {
  const b = div(p.scale, q.scale)
  const z = div(sub(p.loc, q.loc), q.scale)
  return add(sub(mul(0.5, square(z)), log(b)), add(square(b), HALF_LOG_TWO_PI - Math.LN2 - 1))
}
