import { digamma as digammaOf } from '../../special/digamma.ts'
import { lgamma as lgammaOf } from '../../special/lgamma.ts'
import { mul, sub } from '../arithmetic.ts'
import { elementwise } from '../elementwise.ts'
import type { Binary } from '../real.ts'
import { digammaDifference, trigamma } from './gamma.ts'

/**
 * log Γ(b) − log Γ(a) − (b − a)·ψ(a) ≥ 0, the Bregman divergence of log Γ, rounded once: what divergences of gamma, beta
 * and Dirichlet distributions are made of.
 */
export const lgammaDivergence: Binary = /* @__PURE__ */ elementwise(
  'lgammaDivergence',
  (a, b) => lgammaOf(b) - lgammaOf(a) - (b - a) * digammaOf(a),
  [
    (dy, a, b) => mul(dy, mul(sub(a!, b!), trigamma(a!))),
    (dy, a, b) => mul(dy, digammaDifference(a!, sub(b!, a!))),
  ],
) as Binary
