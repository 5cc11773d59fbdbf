import { add, div, expm1, lgamma, log, mul, sub, type Real } from '@variate/core/ops'
import type { Resolved } from '../define.ts'

const EULER_GAMMA = 0.5772156649015329

/** log(βq/βp) + γ·(βp/βq − 1) + (μp − μq)/βq + exp((μq − μp)/βq)·Γ(βp/βq + 1) − 1. */
export function gumbelGumbel(p: Resolved<'loc' | 'scale'>, q: Resolved<'loc' | 'scale'>): Real {
  const ratio = div(p.scale, q.scale)
  const z = div(sub(p.loc, q.loc), q.scale)
  const tail = expm1(sub(lgamma(add(ratio, 1)), z))
  return add(sub(z, log(ratio)), add(mul(EULER_GAMMA, sub(ratio, 1)), tail))
}
