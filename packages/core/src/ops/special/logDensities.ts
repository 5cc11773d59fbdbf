import { logBetaDensity as betaOf } from '../../special/logBetaDensity.ts'
import { logBinomialDensity as binomialOf } from '../../special/logBinomialDensity.ts'
import { logGammaDensity as gammaOf } from '../../special/logGammaDensity.ts'
import { logNegativeBinomialDensity as negativeBinomialOf } from '../../special/logNegativeBinomialDensity.ts'
import { add, div, mul, neg, sub } from '../arithmetic.ts'
import { equal, greater } from '../comparison.ts'
import { elementwise } from '../elementwise.ts'
import { log, sigmoid } from '../exponential.ts'
import type { Binary, Quaternary, Real, Ternary } from '../real.ts'
import { where } from '../where.ts'
import { digammaDifference, logMinusDigamma } from './gamma.ts'
import { ratio } from './ratio.ts'
import { softplus } from './stable.ts'

/**
 * (a − 1)·log(x) − x − log Γ(a), the log density of the gamma distribution with rate 1, rounded once; and with
 * a = k + 1 that of the Poisson distribution with rate x at k.
 */
export const logGammaDensity: Binary = /* @__PURE__ */ elementwise(
  'logGammaDensity',
  (a, x) => gammaOf(a, x),
  [(dy, a, x) => mul(dy, logMinusDigamma(x!, a!)), (dy, a, x) => mul(dy, ratioToMode(sub(a!, 1), x!))],
) as Binary

/** power/x − 1, by its limit at x = 0. */
export function ratioToMode(power: Real, x: Real): Real {
  const atZero = where(equal(power, 0), -1, where(greater(power, 0), Infinity, -Infinity))
  return where(equal(x, 0), atZero, div(sub(power, x), where(equal(x, 0), 1, x)))
}

/** (a − 1)·log(x) + (b − 1)·log(y) − log B(a, b) for y = 1 − x: the log density of the beta distribution, rounded once. */
export const logBetaDensity: Quaternary = /* @__PURE__ */ elementwise(
  'logBetaDensity',
  (x, y, a, b) => betaOf(x, y, a, b),
  [
    (dy, x, _, a) => mul(dy, ratio(sub(a!, 1), x!)),
    (dy, _, y, __, b) => mul(dy, ratio(sub(b!, 1), y!)),
    (dy, x, _, a, b) => mul(dy, add(log(x!), digammaDifference(a!, b!))),
    (dy, _, y, a, b) => mul(dy, add(log(y!), digammaDifference(b!, a!))),
  ],
) as Quaternary

/**
 * log C(n, k) + k·logit − n·log(1 + exp(logit)), the log probability of k successes among n, rounded once; k and n may
 * be real.
 */
export const logBinomialDensity: Ternary = /* @__PURE__ */ elementwise(
  'logBinomialDensity',
  (k, n, logit) => binomialOf(k, n, logit),
  [
    (dy, k, n, logit) => mul(dy, add(logit!, digammaDifference(add(k!, 1), sub(n!, mul(2, k!))))),
    (dy, k, n, logit) => mul(dy, sub(digammaDifference(add(sub(n!, k!), 1), k!), softplus(logit!))),
    (dy, k, n, logit) => mul(dy, sub(k!, mul(n!, sigmoid(logit!)))),
  ],
) as Ternary

/**
 * log Γ(k + r) − log Γ(r) − log k! + k·log σ(logit) + r·log σ(−logit), the log probability of k successes before r
 * failures, rounded once.
 */
export const logNegativeBinomialDensity: Ternary = /* @__PURE__ */ elementwise(
  'logNegativeBinomialDensity',
  (k, r, logit) => negativeBinomialOf(k, r, logit),
  [
    (dy, k, r, logit) => mul(dy, sub(digammaDifference(add(k!, 1), sub(r!, 1)), softplus(neg(logit!)))),
    (dy, k, r, logit) => mul(dy, sub(digammaDifference(r!, k!), softplus(logit!))),
    (dy, k, r, logit) => mul(dy, sub(mul(k!, sigmoid(neg(logit!))), mul(r!, sigmoid(logit!)))),
  ],
) as Ternary
