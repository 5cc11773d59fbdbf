import { exp } from './exp.ts'
import { gammaincJet, logPrefactorDerivative } from './gammaincJet.ts'
import { gammaPrefactor } from './gammaincTerms.ts'
import { gammaSampleDerivative } from './gammaSampleDerivative.ts'
import { logGammaDensity } from './logGammaDensity.ts'
import { inTemmeRange } from './temme.ts'

/**
 * ∂P(a, x)/∂a = −∂Q(a, x)/∂a, with relative accuracy in both tails: the power series and the continued
 * fraction of `gammainc` differentiated term by term (Moore 1982, "Derivatives of the incomplete gamma
 * integral"), and Temme's expansion, whose error function drops out.
 *
 * Relative error below 5e-13 (measured).
 *
 * @example
 * ```ts
 * import { special } from '@variate/core'
 *
 * special.gammaincDa(1, 1) // => -0.43172971063
 * ```
 */
export function gammaincDa(a: number, x: number): number {
  if (!(a > 0 && x > 0 && a < Infinity && x < Infinity))
    return a > 0 && x >= 0 && a + x > a ? 0 : x === 0 ? 0 : NaN
  if (inTemmeRange(a, x)) return -gammaSampleDerivative(a, x) * exp(logGammaDensity(a, x))
  const jet = gammaincJet(a, x)
  const change = exp(gammaPrefactor(a, x)) * (jet.value * logPrefactorDerivative(a, x) + jet.first)
  return jet.upper ? -change : change
}
