import { TEMME_COEFFICIENTS, TEMME_RATIO } from '@variate/core/internal'
import { horner } from '../../wasm/maths/horner.ts'
import { exp } from '../../wasm/maths/exp.ts'
import { logAndDeviance } from '../../wasm/maths/log.ts'
import type { Value } from '../../wasm/value.ts'
import { one as l } from '../routines/linalg/wide.ts'

const c = l.constant

/** Terms of Stirling's series of log Γ in 1/x², DLMF 5.11.1, over x. */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360_360, 1 / 156]

/** Whether Temme's expansion of the incomplete gamma functions has float64 accuracy. */
export function inTemmeRange(a: Value, x: Value): Value {
  const isNear = l.both(l.gt(x, l.mul(c(0.67), a)), l.lt(x, l.mul(c(1.4), a)))
  return l.both(l.ge(a, c(40)), isNear)
}

/** μ = (x − a)/a, and η of its sign with η²/2 = μ − log(1 + μ). */
export function temmeEta(a: Value, x: Value): { readonly mu: Value; readonly eta: Value } {
  const mu = l.div(l.sub(x, a), a)
  const size = l.sqrt(l.mul(c(2), logAndDeviance(l, l.add(c(1), mu), mu).deviance))
  return { mu, eta: l.select(l.lt(mu, c(0)), l.neg(size), size) }
}

/** Σ cₖ(η)·a⁻ᵏ. */
export function temmeSum(a: Value, eta: Value): Value {
  return overPowers(
    TEMME_COEFFICIENTS.map((terms) => horner(l, terms, eta)),
    a,
  )
}

/**
 * −(∂P/∂a)/p by Temme's expansion (Temme 1979; DLMF 8.12), Σ cₖ(η)·a⁻ᵏ, differentiated: with no error function, as core
 * computes it.
 */
export function temmeSampleDerivative(a: Value, x: Value): Value {
  const { mu, eta } = temmeEta(a, x)
  const ratio = horner(l, TEMME_RATIO, eta)
  const polynomials = TEMME_COEFFICIENTS.map((terms) => horner(l, terms, eta))
  const sum = overPowers(polynomials, a)
  const weighted = overPowers(
    polynomials.map((x, k) => l.mul(c(-k), x)),
    a,
  )
  const slopes = TEMME_COEFFICIENTS.map((terms) => horner(l, terms.map((x, i) => i * x).slice(1), eta))
  const rate = l.div(l.sub(weighted, l.mul(ratio, overPowers(slopes, a))), a)
  const half = l.mul(c(0.5), eta)
  const bracket = l.add(l.sub(l.mul(half, eta), mu), l.div(c(0.5), a))
  const w = l.sub(l.add(l.sub(ratio, half), rate), l.mul(sum, bracket))
  const stirling = l.div(horner(l, STIRLING, l.div(c(1), l.mul(a, a))), a)
  return l.mul(l.mul(w, exp(l, stirling)), l.div(x, a))
}

/** Σ xₖ·a⁻ᵏ. */
function overPowers(xs: readonly Value[], a: Value): Value {
  return xs.slice(0, -1).reduceRight((sum, x) => l.add(l.div(sum, a), x), xs.at(-1)!)
}
