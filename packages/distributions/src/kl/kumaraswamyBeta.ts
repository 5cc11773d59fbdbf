import { add, digamma, div, lbeta, log, mul, sub, type Real } from '@variate/core/ops'
import type { Resolved } from '../define.ts'
import { meanLogComplement } from './meanLogComplement.ts'

type Parameters = Resolved<'concentration1' | 'concentration0'>

const EULER_GAMMA = 0.5772156649015329

/** log(ab) − (1 − 1/b) + (α/a − 1)·(γ + ψ(b + 1)) + log B(α, β) − (β − 1)·E log(1 − x) (Nalisnick and Smyth 2017). */
export function kumaraswamyBeta(p: Parameters, q: Parameters): Real {
  const [a, b] = [p.concentration1, p.concentration0]
  const [alpha, beta] = [q.concentration1, q.concentration0]
  const harmonic = add(EULER_GAMMA, digamma(add(b, 1)))
  const entropyTerms = add(log(mul(a, b)), sub(div(1, b), 1))
  const powerTerms = mul(sub(div(alpha, a), 1), harmonic)
  const complementTerms = mul(sub(beta, 1), meanLogComplement(a, b))
  return add(add(entropyTerms, powerTerms), sub(lbeta(alpha, beta), complementTerms))
}
