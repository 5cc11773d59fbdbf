import { div, expm1, log, mul, sub, type Real } from '@variate/core/ops'
import type { Resolved } from '../define.ts'

/** 2·log(σq/σp) + (σp/σq)² − 1. */
export function rayleighRayleigh(p: Resolved<'scale'>, q: Resolved<'scale'>): Real {
  const logRatio = mul(2, log(div(p.scale, q.scale)))
  return sub(expm1(logRatio), logRatio)
}
