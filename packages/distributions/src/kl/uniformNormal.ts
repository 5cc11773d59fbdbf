import { add, div, log, mul, square, sub, type Real } from '@variate/core/ops'
import type { Resolved } from '../define.ts'

const HALF_LOG_TWO_PI = 0.9189385332046727

/** log(σ√(2π)/(high − low)) + ((m − μ)² + (high − low)²/12)/(2σ²), m the middle. */
export function uniformNormal(p: Resolved<'high' | 'low'>, q: Resolved<'loc' | 'scale'>): Real {
  const width = div(sub(p.high, p.low), q.scale)
  const z = div(sub(mul(0.5, add(p.low, p.high)), q.loc), q.scale)
  const spread = add(square(z), mul(1 / 12, square(width)))
  return add(sub(mul(0.5, spread), log(width)), HALF_LOG_TWO_PI)
}
