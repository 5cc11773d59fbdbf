import { betaincJet } from '../../special/betaincJet.ts'
import * as scalar from '../../special/countCdf.ts'
import { add, div, floor, mul, neg, square, sub } from '../arithmetic.ts'
import { elementwise } from '../elementwise.ts'
import { exp, log1p } from '../exponential.ts'
import type { Binary, Quaternary, Real, Ternary } from '../real.ts'
import { digammaDifference } from './gamma.ts'
import { logGammaDensity } from './logDensities.ts'
import { logBinomialTrials, logNegativeBinomialTrials } from './trials.ts'
import { noFurther } from './noFurther.ts'

// Distribution functions of counts, at the largest whole number that is not above k. The probability of a success is
// given with that of a failure: the smaller one is the exact one; derivatives are in the first. Quantiles have none, being
// constant between jumps.

/** P(X ≤ k) of the Poisson distribution. */
export const poissonCdf: Binary = /* @__PURE__ */ elementwise(
  'poissonCdf',
  (k, rate) => scalar.poissonCdf(Math.floor(k), rate),
  [null, (dy, k, rate) => mul(dy, neg(exp(logGammaDensity(add(floor(k!), 1), rate!))))],
) as Binary

/** P(X ≤ k) of the successes among n trials. */
export const binomialCdf: Quaternary = /* @__PURE__ */ elementwise(
  'binomialCdf',
  (k, n, p, q) => scalar.binomialCdf(Math.floor(k), n, p, q),
  [null, null, (dy, k, n, p) => mul(dy, mul(neg(n!), exp(logBinomialTrials(floor(k!), sub(n!, 1), p!))))],
) as Quaternary

/** P(X ≤ k) of the successes before r failures. */
export const negativeBinomialCdf: Quaternary = /* @__PURE__ */ elementwise(
  'negativeBinomialCdf',
  (k, r, p, q) => scalar.negativeBinomialCdf(Math.floor(k), r, p, q),
  [
    null,
    (dy, k, r, p) => mul(dy, slopeInTotal(floor(k!), r!, p!)),
    (dy, k, r, p) => mul(dy, neg(slopeInProbability(floor(k!), r!, p!))),
    null,
  ],
) as Quaternary

/** −∂/∂p. */
function slopeInProbability(k: Real, r: Real, p: Real): Real {
  return mul(div(r, square(sub(1, p))), exp(logNegativeBinomialTrials(k, add(r, 1), p)))
}

const slopeInTotal: Ternary = /* @__PURE__ */ elementwise(
  'negativeBinomialCdfDr',
  (k, r, p) => (k >= 0 && p > 0 && p < 1 ? betaincJet(r, k + 1, 1 - p, p).a : 0),
  [
    null,
    (dy, k, r, p) => mul(dy, curvatureInTotal(k!, r!, p!)),
    (dy, k, r, p) => {
      const score = add(log1p(neg(p!)), digammaDifference(r!, add(k!, 1)))
      return mul(dy, neg(mul(slopeInProbability(k!, r!, p!), score)))
    },
  ],
) as Ternary

const curvatureInTotal: Ternary = /* @__PURE__ */ elementwise(
  'negativeBinomialCdfDrr',
  (k, r, p) => (k >= 0 && p > 0 && p < 1 ? betaincJet(r, k + 1, 1 - p, p).aa : 0),
  [null, noThirdDerivative, noThirdDerivative],
) as Ternary

function noThirdDerivative(): never {
  return noFurther('negativeBinomialCdf')
}

/** The least k with P(X ≤ k) ≥ probability of the Poisson distribution. */
export const poissonQuantile: Binary = /* @__PURE__ */ elementwise(
  'poissonQuantile',
  (probability, rate) => scalar.poissonQuantile(probability, rate),
  [],
) as Binary

/** The least k with P(X ≤ k) ≥ probability of the successes among n trials. */
export const binomialQuantile: Quaternary = /* @__PURE__ */ elementwise(
  'binomialQuantile',
  (probability, n, p, q) => scalar.binomialQuantile(probability, n, p, q),
  [],
) as Quaternary

/** The least k with P(X ≤ k) ≥ probability of the successes before r failures. */
export const negativeBinomialQuantile: Quaternary = /* @__PURE__ */ elementwise(
  'negativeBinomialQuantile',
  (probability, r, p, q) => scalar.negativeBinomialQuantile(probability, r, p, q),
  [],
) as Quaternary

/** The least k with P(X ≤ k) ≥ probability of the failures before the first success. */
export const geometricQuantile: Binary = /* @__PURE__ */ elementwise(
  'geometricQuantile',
  (probability, p) => scalar.geometricQuantile(probability, p),
  [],
) as Binary
