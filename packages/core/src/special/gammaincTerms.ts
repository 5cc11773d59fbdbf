import { ONE_OVER_SQRT_TWO_PI } from './constants.ts'
import { erfcx } from './erfcx.ts'
import { exp } from './exp.ts'
import { lgamma, lgammaOnePlus } from './lgamma.ts'
import { logGammaDensity } from './logGammaDensity.ts'
import { temmeEta, temmeSum } from './temme.ts'

/** log(xᵃ·e⁻ˣ/Γ(a + 1)). */
export function gammaPrefactor(a: number, x: number): number {
  if (a < 0.5) return a * Math.log(x) - x - lgammaOnePlus(a)
  return logGammaDensity(a, x) + Math.log(x) - Math.log(a)
}

/** Σ xⁿ/((a + 1)…(a + n)), DLMF 8.11.4: P(a, x) = prefactor·sum. */
export function lowerSeries(a: number, x: number): number {
  let term = 1
  let sum = 1
  for (let n = 1; term > 1e-17 * sum; n++) {
    term *= x / (a + n)
    sum += term
  }
  return sum
}

/** The continued fraction of DLMF 8.9.2 (even part): Q(a, x) = prefactor·a·fraction. */
export function upperFraction(a: number, x: number): number {
  let b = x + 1 - a
  let previousA = 0
  let previousB = 1
  let numerator = 1
  let denominator = b
  let value = numerator / denominator
  for (let n = 1; n < 100000; n++) {
    b += 2
    const factor = n * (a - n)
    const nextA = b * numerator + factor * previousA
    const nextB = b * denominator + factor * previousB
    const next = nextA / nextB
    if (!(Math.abs(next - value) > 1e-16 * next)) return next
    value = next
    // Convergents are kept near 1 by their last denominator.
    const scale = 1 / nextB
    previousA = numerator * scale
    previousB = denominator * scale
    numerator = next
    denominator = 1
  }
  return value
}

/** Q(a, x) for a < 1 and x < 1.5, whose difference from 1 is summed apart from xᵃ/Γ(a + 1) − 1. */
export function upperOfSmallShape(a: number, x: number): number {
  const logPower = a * Math.log(x) - (a < 0.5 ? lgammaOnePlus(a) : lgamma(1 + a))
  let term = 1
  let sum = 0
  for (let n = 1; n < 40; n++) {
    term *= -x / n
    const part = term / (a + n)
    sum += part
    if (Math.abs(part) < 1e-17 * Math.abs(sum)) break
  }
  return -Math.expm1(logPower) - exp(logPower) * a * sum
}

/** Temme's expansion of the smaller one of P (for x < a) and Q (for x ≥ a). */
export function temmeTail(a: number, x: number): number {
  const eta = temmeEta(a, x)
  return exp(-0.5 * a * eta * eta) * temmeScaledTail(a, eta)
}

/** The smaller one of P and Q times exp(a·η²/2). */
export function temmeScaledTail(a: number, eta: number): number {
  const half = 0.5 * erfcx(Math.abs(eta) * Math.sqrt(0.5 * a))
  const correction = (ONE_OVER_SQRT_TWO_PI / Math.sqrt(a)) * temmeSum(eta, a)
  return eta < 0 ? half - correction : half + correction
}
