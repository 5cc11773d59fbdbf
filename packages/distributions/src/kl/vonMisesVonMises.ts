import { add, div, i0e, i1e, log, mul, sin, square, sub, type Real } from '@variate/core/ops'
import type { Resolved } from '../define.ts'

/** log(I₀(κq)/I₀(κp)) + A(κp)·(κp − κq·cos(μp − μq)), A = I₁/I₀. */
export function vonMisesVonMises(
  p: Resolved<'concentration' | 'loc'>,
  q: Resolved<'concentration' | 'loc'>,
): Real {
  const [kp, kq] = [p.concentration, q.concentration]
  const resultant = div(i1e(kp), i0e(kp))
  const turn = mul(2, square(sin(mul(0.5, sub(p.loc, q.loc)))))
  const scaled = log(div(i0e(kq), i0e(kp)))
  return add(add(scaled, mul(sub(kq, kp), sub(1, resultant))), mul(mul(kq, resultant), turn))
}
