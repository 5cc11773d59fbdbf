import { add, div, exp, lgamma, log, mul, sub, type Real } from '@variate/core/ops'
import type { Resolved } from '../define.ts'

const EULER_GAMMA = 0.5772156649015329

/** log k − a·log λ + γa/k − a·log b + log Γ(a) + bλ·Γ(1 + 1/k) − γ − 1. */
export function weibullGamma(
  p: Resolved<'concentration' | 'scale'>,
  q: Resolved<'concentration' | 'rate'>,
): Real {
  const [k, a] = [p.concentration, q.concentration]
  const scaled = mul(q.rate, p.scale)
  const power = mul(a, sub(div(EULER_GAMMA, k), log(scaled)))
  const mean = mul(scaled, exp(lgamma(add(1, div(1, k)))))
  return add(add(log(k), power), sub(add(lgamma(a), mean), EULER_GAMMA + 1))
}
