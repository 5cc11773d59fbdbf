import { besselRatioComplement, logI0e } from '@variate/core/internal'
import { add, mul, sin, square, sub, type Real } from '@variate/core/ops'
import type { Resolved } from '../define.ts'

/** log(I₀(κq)/I₀(κp)) + A(κp)·(κp − κq·cos(μp − μq)), A = I₁/I₀. */
export function vonMisesVonMises(
  p: Resolved<'concentration' | 'loc'>,
  q: Resolved<'concentration' | 'loc'>,
): Real {
  const [kp, kq] = [p.concentration, q.concentration]
  const complement = besselRatioComplement(kp)
  const turn = mul(2, square(sin(mul(0.5, sub(p.loc, q.loc)))))
  const scaled = sub(logI0e(kq), logI0e(kp))
  return add(add(scaled, mul(sub(kq, kp), complement)), mul(mul(kq, sub(1, complement)), turn))
}
