import { digamma as digammaOf } from '../../special/digamma.ts'
import { digammaDifference as differenceOf } from '../../special/digammaDifference.ts'
import { lbeta as lbetaOf } from '../../special/lbeta.ts'
import { lgamma as lgammaOf } from '../../special/lgamma.ts'
import { trigamma as trigammaOf } from '../../special/trigamma.ts'
import { trigammaDifference as trigammaDifferenceOf } from '../../special/trigammaDifference.ts'
import { add, mul, sub } from '../arithmetic.ts'
import { elementwise } from '../elementwise.ts'
import type { Binary, Unary } from '../real.ts'
import { polygamma, trigamma } from './gamma.ts'

const HALF_LOG_TWO_PI_E = 1.4189385332046727

/** a + log Γ(a) + (1 − a)·ψ(a), the entropy of the gamma distribution with rate 1, rounded once. */
export const gammaEntropy: Unary = /* @__PURE__ */ elementwise(
  'gammaEntropy',
  (a) =>
    // Stirling's series, in which the large terms are cancelled by hand.
    a > 1e5 ? HALF_LOG_TWO_PI_E + 0.5 * Math.log(a) - 1 / (3 * a) : a + lgammaOf(a) + (1 - a) * digammaOf(a),
  [(dy, a) => mul(dy, gammaSlope(a!))],
) as Unary

/** 1 + (1 − a)·ψ′(a). */
const gammaSlope: Unary = /* @__PURE__ */ elementwise(
  'gammaEntropySlope',
  (a) => (a > 1e5 ? (0.5 + 1 / (3 * a)) / a : 1 + (1 - a) * trigammaOf(a)),
  [(dy, a) => mul(dy, sub(mul(sub(1, a!), polygamma(2, a!)), trigamma(a!)))],
) as Unary

/** The entropy of the beta distribution, log B(a, b) − (a − 1)·ψ(a) − (b − 1)·ψ(b) + (a + b − 2)·ψ(a + b), rounded once. */
export const betaEntropy: Binary = /* @__PURE__ */ elementwise(
  'betaEntropy',
  (a, b) => lbetaOf(a, b) + (a - 1) * differenceOf(a, b) + (b - 1) * differenceOf(b, a),
  [(dy, a, b) => mul(dy, betaSlope(a!, b!)), (dy, a, b) => mul(dy, betaSlope(b!, a!))],
) as Binary

/** (a − 1)·(ψ′(a + b) − ψ′(a)) + (b − 1)·ψ′(a + b). */
const betaSlope: Binary = /* @__PURE__ */ elementwise(
  'betaEntropySlope',
  (a, b) => (a - 1) * trigammaDifferenceOf(a, b) + (b - 1) * trigammaOf(a + b),
  [
    (dy, a, b) => {
      const sum = add(a!, b!)
      const curvature = add(
        mul(sub(a!, 1), sub(polygamma(2, sum), polygamma(2, a!))),
        mul(sub(b!, 1), polygamma(2, sum)),
      )
      return mul(dy, add(sub(trigamma(sum), trigamma(a!)), curvature))
    },
    (dy, a, b) => {
      const sum = add(a!, b!)
      return mul(dy, add(trigamma(sum), mul(sub(sum, 2), polygamma(2, sum))))
    },
  ],
) as Binary
