import { exp } from './exp.ts'
import { gammaincJet, logPrefactorDerivative } from './gammaincJet.ts'
import { gammaPrefactor } from './gammaincTerms.ts'
import { gammaSampleDerivative } from './gammaSampleDerivative.ts'
import { gammaSampleDerivativeDa } from './gammaSampleDerivativeDa.ts'
import { logGammaDensity } from './logGammaDensity.ts'
import { logMinusDigamma } from './logMinusDigamma.ts'
import { inTemmeRange } from './temme.ts'
import { trigamma } from './trigamma.ts'

/**
 * ∂²P(a, x)/∂a² = −∂²Q(a, x)/∂a², by the methods of `gammaincDa`.
 *
 * Relative error below 1e-11 (measured).
 *
 * @example
 * ```ts
 * import { special } from '@variate/core'
 *
 * special.gammaincDaa(1, 1) // => 0.0336180353
 * ```
 */
export function gammaincDaa(a: number, x: number): number {
  if (!(a > 0 && x > 0 && a < Infinity && x < Infinity))
    return x === 0 || x === Infinity ? (a > 0 ? 0 : NaN) : NaN
  if (inTemmeRange(a, x)) {
    const slope = gammaSampleDerivative(a, x) * logMinusDigamma(x, a) + gammaSampleDerivativeDa(a, x)
    return -slope * exp(logGammaDensity(a, x))
  }
  const jet = gammaincJet(a, x)
  const m = logPrefactorDerivative(a, x)
  const curvature = jet.value * (m * m - trigamma(a + 1)) + 2 * jet.first * m + jet.second
  const change = exp(gammaPrefactor(a, x)) * curvature
  return jet.upper ? -change : change
}
