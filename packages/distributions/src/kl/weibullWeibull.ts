import { add, div, expm1, lgamma, log, mul, sub, type Real } from '@variate/core/ops'
import type { Resolved } from '../define.ts'

const EULER_GAMMA = 0.5772156649015329

/** log(kp/kq) + kq·log(λq/λp) + γ·(kq/kp − 1) + (λp/λq)^kq·Γ(kq/kp + 1) − 1 (Bauckhage 2013). */
export function weibullWeibull(
  p: Resolved<'concentration' | 'scale'>,
  q: Resolved<'concentration' | 'scale'>,
): Real {
  const [kp, kq] = [p.concentration, q.concentration]
  const power = mul(kq, log(div(p.scale, q.scale)))
  const ratio = div(kq, kp)
  const tail = expm1(add(power, lgamma(add(ratio, 1))))
  return add(sub(tail, add(power, log(ratio))), mul(EULER_GAMMA, sub(ratio, 1)))
}
