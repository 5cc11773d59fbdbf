import * as scalar from '../../special/countCdf.ts'
import { add, floor, mul, neg, sub } from '../arithmetic.ts'
import { less } from '../comparison.ts'
import { elementwise } from '../elementwise.ts'
import { exp } from '../exponential.ts'
import { maximum } from '../extrema.ts'
import type { Binary, Quaternary, Ternary } from '../real.ts'
import { where } from '../where.ts'
import { logGammaDensity } from './logDensities.ts'
import { logBinomialTrials } from './trials.ts'

// Distribution functions of counts, at the largest whole number that is not above k, and quantiles, which have no
// derivatives, being constant between jumps. Those of trials are given the probability of a success and that of a failure:
// the smaller one is the exact one; derivatives are in the first.

/** P(X ≤ k) of the Poisson distribution. */
export const poissonCdf: Binary = /* @__PURE__ */ elementwise(
  'poissonCdf',
  (k, rate) => scalar.poissonCdf(Math.floor(k), rate),
  [
    null,
    (dy, k, rate) => {
      const slope = exp(logGammaDensity(add(floor(maximum(k!, 0)), 1), rate!))
      return mul(dy, where(less(k!, 0), 0, neg(slope)))
    },
  ],
) as Binary

/** P(X ≤ k) of the successes among n trials. */
export const binomialCdf: Quaternary = /* @__PURE__ */ elementwise(
  'binomialCdf',
  (k, n, p, q) => scalar.binomialCdf(Math.floor(k), n, p, q),
  [null, null, (dy, k, n, p) => mul(dy, mul(neg(n!), exp(logBinomialTrials(floor(k!), sub(n!, 1), p!))))],
) as Quaternary

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

/** The least k with P(X ≤ k) ≥ probability of the successes before r failures, by the odds of a success. */
export const negativeBinomialQuantile: Ternary = /* @__PURE__ */ elementwise(
  'negativeBinomialQuantile',
  (probability, r, odds) => scalar.negativeBinomialQuantile(probability, r, odds),
  [],
) as Ternary
