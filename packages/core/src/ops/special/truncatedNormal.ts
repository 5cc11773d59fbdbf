import { truncatedCdf, truncatedMoments, truncatedQuantile } from '../../special/truncatedNormal.ts'
import { UnsupportedError } from '../../errors.ts'
import { add, mul, neg, square, sub } from '../arithmetic.ts'
import { greater } from '../comparison.ts'
import { elementwise } from '../elementwise.ts'
import { exp } from '../exponential.ts'
import type { Binary, Real, Ternary } from '../real.ts'
import { where } from '../where.ts'

// The standard normal distribution on [a, a + w], a the end nearest to 0. Points are told by their excess e over the
// origin m. Derivatives in a are those that move both ends, at fixed w and e.

const HALF_LOG_TWO_PI = 0.9189385332046727

/** The point m that the excess counts from: a in a tail or a narrow interval, else 0. */
export function truncatedNormalOrigin(a: Real): Real {
  return where(isAnchored(a), a, 0)
}

function isAnchored(a: Real): Real {
  return greater(a, -1)
}

/** 1 where the origin moves with a. */
function originSlope(a: Real): Real {
  return where(isAnchored(a), 1, 0)
}

/** log(Φ(a + w) − Φ(a)) + m²/2. */
export const truncatedNormalLogMass: Binary = /* @__PURE__ */ elementwise(
  'truncatedNormalLogMass',
  (a, w) => truncatedMoments(a, w).logMass,
  [(dy, a, w) => mul(dy, neg(truncatedNormalMean(a!, w!))), (dy, a, w) => mul(dy, farDensity(a!, w!))],
) as Binary

/** The mean of the excess. */
export const truncatedNormalMean: Binary = /* @__PURE__ */ elementwise(
  'truncatedNormalMean',
  (a, w) => truncatedMoments(a, w).mean,
  [
    (dy, a, w) => mul(dy, sub(sub(1, originSlope(a!)), truncatedNormalVariance(a!, w!))),
    (dy, a, w) => mul(dy, mul(farDensity(a!, w!), sub(farExcess(a!, w!), truncatedNormalMean(a!, w!)))),
  ],
) as Binary

/** The variance. */
export const truncatedNormalVariance: Binary = /* @__PURE__ */ elementwise(
  'truncatedNormalVariance',
  (a, w) => truncatedMoments(a, w).variance,
  [
    (dy, a, w) => mul(dy, neg(thirdMoment(a!, w!))),
    (dy, a, w) => {
      const distance = sub(farExcess(a!, w!), truncatedNormalMean(a!, w!))
      return mul(dy, mul(farDensity(a!, w!), sub(square(distance), truncatedNormalVariance(a!, w!))))
    },
  ],
) as Binary

const thirdMoment: Binary = /* @__PURE__ */ elementwise(
  'truncatedNormalThirdMoment',
  (a, w) => truncatedMoments(a, w).third,
  [noFourthMoment, noFourthMoment],
) as Binary

function noFourthMoment(): never {
  throw new UnsupportedError('truncatedNormal: the log density has three derivatives')
}

/** The log density at an excess e. */
export function truncatedNormalLogDensity(e: Real, a: Real, w: Real): Real {
  const exponent = mul(-0.5, mul(e, add(e, mul(2, truncatedNormalOrigin(a)))))
  return sub(exponent, add(truncatedNormalLogMass(a, w), HALF_LOG_TWO_PI))
}

function density(e: Real, a: Real, w: Real): Real {
  return exp(truncatedNormalLogDensity(e, a, w))
}

function nearExcess(a: Real): Real {
  return sub(a, truncatedNormalOrigin(a))
}

function farExcess(a: Real, w: Real): Real {
  return add(nearExcess(a), w)
}

function farDensity(a: Real, w: Real): Real {
  return density(farExcess(a, w), a, w)
}

const below: Ternary = /* @__PURE__ */ elementwise(
  'truncatedNormalBelow',
  (e, a, w) => truncatedCdf(e, a, w, false),
  cdfDerivatives(1, (e, a, w) => below(e, a, w)),
) as Ternary

const above: Ternary = /* @__PURE__ */ elementwise(
  'truncatedNormalAbove',
  (e, a, w) => truncatedCdf(e, a, w, true),
  cdfDerivatives(-1, (e, a, w) => sub(1, above(e, a, w))),
) as Ternary

/** The probability of an excess up to e, or of one from e on. */
export function truncatedNormalCdf(e: Real, a: Real, w: Real, isAbove: boolean): Real {
  return (isAbove ? above : below)(e, a, w)
}

/** Derivatives of sign · P, where P is the probability below. */
function cdfDerivatives(sign: number, probability: (e: Real, a: Real, w: Real) => Real) {
  const atFar = (e: Real, a: Real, w: Real): Real => mul(probability(e, a, w), farDensity(a, w))
  return [
    (dy: Real, e: Real, a: Real, w: Real) => mul(dy, mul(sign, density(e, a, w))),
    (dy: Real, e: Real, a: Real, w: Real) => {
      const atNear = mul(sub(1, probability(e, a, w)), density(nearExcess(a), a, w))
      const slope = sub(mul(originSlope(a), density(e, a, w)), add(atNear, atFar(e, a, w)))
      return mul(dy, mul(sign, slope))
    },
    (dy: Real, e: Real, a: Real, w: Real) => mul(dy, mul(-sign, atFar(e, a, w))),
  ] as never
}

const quantileOfBelow: Ternary = /* @__PURE__ */ elementwise(
  'truncatedNormalQuantileOfBelow',
  (p, a, w) => truncatedQuantile(p, 1 - p, a, w),
  quantileDerivatives(1, (p, a, w) => quantileOfBelow(p, a, w)),
) as Ternary

const quantileOfAbove: Ternary = /* @__PURE__ */ elementwise(
  'truncatedNormalQuantileOfAbove',
  (q, a, w) => truncatedQuantile(1 - q, q, a, w),
  quantileDerivatives(-1, (q, a, w) => quantileOfAbove(q, a, w)),
) as Ternary

/** The excess with a probability below it, or above it. */
export function truncatedNormalQuantile(probability: Real, a: Real, w: Real, isAbove: boolean): Real {
  return (isAbove ? quantileOfAbove : quantileOfBelow)(probability, a, w)
}

/** By the implicit function: what an end moves is the ratio of densities there, times the probability beyond. */
function quantileDerivatives(sign: number, quantile: (p: Real, a: Real, w: Real) => Real) {
  const ratio = (e: Real, end: Real, a: Real): Real => {
    const m = truncatedNormalOrigin(a)
    const half = (x: Real): Real => mul(x, add(mul(0.5, x), m))
    return exp(sub(half(e), half(end)))
  }
  const atFar = (p: Real, a: Real, w: Real): Real =>
    mul(sign > 0 ? p : sub(1, p), ratio(quantile(p, a, w), farExcess(a, w), a))
  return [
    (dy: Real, p: Real, a: Real, w: Real) =>
      mul(dy, mul(sign, exp(neg(truncatedNormalLogDensity(quantile(p, a, w), a, w))))),
    (dy: Real, p: Real, a: Real, w: Real) => {
      const atNear = mul(sign > 0 ? sub(1, p) : p, ratio(quantile(p, a, w), nearExcess(a), a))
      return mul(dy, sub(add(atNear, atFar(p, a, w)), originSlope(a)))
    },
    (dy: Real, p: Real, a: Real, w: Real) => mul(dy, atFar(p, a, w)),
  ] as never
}
