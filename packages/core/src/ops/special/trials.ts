import { logBinomialDensity as binomialOf } from '../../special/logBinomialDensity.ts'
import { logNegativeBinomialDensity as negativeBinomialOf } from '../../special/logNegativeBinomialDensity.ts'
import { trialsDerivative as derivativeOf } from '../../special/trialsDerivative.ts'
import { add, mul, neg, sub } from '../arithmetic.ts'
import { elementwise } from '../elementwise.ts'
import { log, log1p } from '../exponential.ts'
import type { Join, Quaternary, Real, Ternary } from '../real.ts'
import { digammaDifference } from './gamma.ts'

// Log probabilities by the probability of a success itself, so that 0 and 1 are exact and no digits are lost in its
// log odds. Where a log probability is −∞ the derivatives in the probability are 0.

const trialsDerivative: Quaternary = /* @__PURE__ */ elementwise(
  'trialsDerivative',
  (m, x, y, p) => derivativeOf(m, x, y, p),
  [
    null,
    (dy, m, _, __, p) => mul(dy, trialsDerivative(m!, 1, 0, p!)),
    (dy, m, _, __, p) => mul(dy, trialsDerivative(m!, 0, 1, p!)),
    (dy, m, x, y, p) => mul(dy, trialsDerivative(add(m!, 1), x!, y!, p!)),
  ],
) as Quaternary

/** x·log p + y·log(1 − p), 0·log 0 = 0: the log probability of x successes and y failures in a given order. */
export function logTrials<A extends Real, B extends Real, C extends Real>(x: A, y: B, p: C): Join<A, B, C> {
  return trialsDerivative(0, x, y, p) as never
}

/** log C(n, k) + k·log p + (n − k)·log(1 − p), the log probability of k successes among n, rounded once. */
export const logBinomialTrials: Ternary = /* @__PURE__ */ elementwise(
  'logBinomialTrials',
  (k, n, p) => binomialOf(k, n, Math.log(p) - Math.log1p(-p)),
  [
    (dy, k, n, p) =>
      mul(dy, add(sub(log(p!), log1p(neg(p!))), digammaDifference(add(k!, 1), sub(n!, mul(2, k!))))),
    (dy, k, n, p) => mul(dy, add(digammaDifference(add(sub(n!, k!), 1), k!), log1p(neg(p!)))),
    (dy, k, n, p) => mul(dy, trialsDerivative(1, k!, sub(n!, k!), p!)),
  ],
) as Ternary

/**
 * log Γ(k + r) − log Γ(r) − log k! + k·log p + r·log(1 − p), the log probability of k successes before r failures,
 * rounded once.
 */
export const logNegativeBinomialTrials: Ternary = /* @__PURE__ */ elementwise(
  'logNegativeBinomialTrials',
  (k, r, p) => negativeBinomialOf(k, r, Math.log(p) - Math.log1p(-p)),
  [
    (dy, k, r, p) => mul(dy, add(digammaDifference(add(k!, 1), sub(r!, 1)), log(p!))),
    (dy, k, r, p) => mul(dy, add(digammaDifference(r!, k!), log1p(neg(p!)))),
    (dy, k, r, p) => mul(dy, trialsDerivative(1, k!, r!, p!)),
  ],
) as Ternary
