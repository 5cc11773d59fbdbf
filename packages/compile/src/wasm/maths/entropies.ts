import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'
import { digammaOfPositive, trigammaOfPositive } from './digamma.ts'
import { digammaDifference, trigammaDifference } from './gammaDifference.ts'
import { lgammaOfPositive } from './lgamma.ts'
import { log } from './log.ts'
import { lbetaOfPositive } from './logBetaDensity.ts'

// In float64.

const HALF_LOG_TWO_PI_E = 1.4189385332046727

/** From here on two terms of Stirling's series are exact, and what they are made of cancels. */
const FAR = 1e5

/** a + log Γ(a) + (1 − a)·ψ(a). */
export function gammaEntropy(l: Lanes, a: Value): Value {
  const one = l.constant(1)
  const near = l.add(l.add(a, lgammaOfPositive(l, a)), l.mul(l.sub(one, a), digammaOfPositive(l, a)))
  const line = l.add(l.constant(HALF_LOG_TWO_PI_E), l.mul(l.constant(0.5), log(l, a)))
  const far = l.sub(line, l.div(l.constant(1 / 3), a))
  return l.select(l.gt(a, l.constant(FAR)), far, near)
}

/** 1 + (1 − a)·ψ′(a). */
export function gammaEntropySlope(l: Lanes, a: Value): Value {
  const one = l.constant(1)
  const near = l.add(one, l.mul(l.sub(one, a), trigammaOfPositive(l, a)))
  const far = l.div(l.add(l.constant(0.5), l.div(l.constant(1 / 3), a)), a)
  return l.select(l.gt(a, l.constant(FAR)), far, near)
}

/** log B(a, b) − (a − 1)·ψ(a) − (b − 1)·ψ(b) + (a + b − 2)·ψ(a + b). */
export function betaEntropy(l: Lanes, a: Value, b: Value): Value {
  const one = l.constant(1)
  const term = (x: Value, d: Value): Value => l.mul(l.sub(x, one), digammaDifference(l, x, d))
  return l.add(l.add(lbetaOfPositive(l, a, b), term(a, b)), term(b, a))
}

/** (a − 1)·(ψ′(a + b) − ψ′(a)) + (b − 1)·ψ′(a + b). */
export function betaEntropySlope(l: Lanes, a: Value, b: Value): Value {
  const one = l.constant(1)
  const own = l.mul(l.sub(a, one), trigammaDifference(l, a, b))
  return l.add(own, l.mul(l.sub(b, one), trigammaOfPositive(l, l.add(a, b))))
}

/** log Γ(b) − log Γ(a) − (b − a)·ψ(a). */
export function lgammaDivergence(l: Lanes, a: Value, b: Value): Value {
  const difference = l.sub(lgammaOfPositive(l, b), lgammaOfPositive(l, a))
  return l.sub(difference, l.mul(l.sub(b, a), digammaOfPositive(l, a)))
}
