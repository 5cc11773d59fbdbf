import {
  narrowSlopes,
  truncatedCdf,
  truncatedForm,
  truncatedLogMass,
  truncatedMean,
  truncatedMoment,
  truncatedOrigin,
  truncatedQuantile,
} from '../../special/truncatedNormal.ts'
import { add, mul, neg, square, sub } from '../arithmetic.ts'
import type { Derivative } from '../defineElementwise.ts'
import { elementwise } from '../elementwise.ts'
import { exp, expm1, log } from '../exponential.ts'
import type { Binary, Real, Ternary } from '../real.ts'
import { where } from '../where.ts'
import { noDerivative } from './noDerivative.ts'

const refuse = /* @__PURE__ */ noDerivative('truncatedNormal: the third derivative of the log density')

// The standard normal distribution on [a, a + w], a the end nearest to 0. A point z is told by its excess v = z − m over
// an origin m: the middle of a narrow interval, 0 inside a wide one, a in a tail. Derivatives in a are those that move
// both ends, at fixed w and v.

const HALF_LOG_TWO_PI = 0.9189385332046727

/** Whether the origin is the middle of the interval. */
export const truncatedNormalIsNarrow: Binary = /* @__PURE__ */ elementwise(
  'truncatedNormalIsNarrow',
  (a, w) => +(truncatedForm(a, w) === 'narrow'),
  [],
  { whole: 'bool' },
) as Binary

/** Whether the origin is 0. */
export const truncatedNormalIsWide: Binary = /* @__PURE__ */ elementwise(
  'truncatedNormalIsWide',
  (a, w) => +(truncatedForm(a, w) === 'wide'),
  [],
  { whole: 'bool' },
) as Binary

/** The origin m. */
export const truncatedNormalOrigin: Binary = /* @__PURE__ */ elementwise(
  'truncatedNormalOrigin',
  (a, w) => truncatedOrigin(a, w),
  [
    (dy, a, w) => where(truncatedNormalIsWide(a!, w!), 0, dy),
    (dy, a, w) => where(truncatedNormalIsNarrow(a!, w!), mul(0.5, dy), 0),
  ],
) as Binary

/** log(Φ(a + w) − Φ(a)) + m²/2, minus log w of a narrow interval. */
export const truncatedNormalLogMass: Binary = /* @__PURE__ */ elementwise(
  'truncatedNormalLogMass',
  (a, w) => truncatedLogMass(a, w),
  [
    (dy, a, w) => mul(dy, neg(truncatedNormalMean(a!, w!))),
    (dy, a, w) =>
      mul(dy, where(truncatedNormalIsNarrow(a!, w!), narrowMassSlope(a!, w!), farDensity(a!, w!))),
  ],
) as Binary

/** The mean of the excess. */
export const truncatedNormalMean: Binary = /* @__PURE__ */ elementwise(
  'truncatedNormalMean',
  (a, w) => truncatedMean(a, w),
  [
    (dy, a, w) => mul(dy, sub(where(truncatedNormalIsWide(a!, w!), 1, 0), truncatedNormalVariance(a!, w!))),
    (dy, a, w) => {
      const wide = mul(farDensity(a!, w!), sub(farExcess(a!, w!), truncatedNormalMean(a!, w!)))
      return mul(dy, where(truncatedNormalIsNarrow(a!, w!), narrowMeanSlope(a!, w!), wide))
    },
  ],
) as Binary

/** The variance. */
export const truncatedNormalVariance: Binary = /* @__PURE__ */ elementwise(
  'truncatedNormalVariance',
  (a, w) => truncatedMoment(2, a, w),
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
  (a, w) => truncatedMoment(3, a, w),
  [refuse, refuse],
) as Binary

const narrowMassSlope: Binary = /* @__PURE__ */ elementwise(
  'truncatedNormalNarrowMassSlope',
  (a, w) => narrowSlopes(a, w).mass,
  [(dy, a, w) => mul(dy, neg(narrowMeanSlope(a!, w!))), (dy, a, w) => mul(dy, narrowCurvature(a!, w!))],
) as Binary

const narrowMeanSlope: Binary = /* @__PURE__ */ elementwise(
  'truncatedNormalNarrowMeanSlope',
  (a, w) => narrowSlopes(a, w).mean,
  [refuse, refuse],
) as Binary

const narrowCurvature: Binary = /* @__PURE__ */ elementwise(
  'truncatedNormalNarrowCurvature',
  (a, w) => narrowSlopes(a, w).curvature,
  [refuse, refuse],
) as Binary

/** The log density at an excess v, plus log w in a narrow interval. */
export function truncatedNormalLogKernel(v: Real, a: Real, w: Real): Real {
  const exponent = mul(-0.5, mul(v, add(v, mul(2, truncatedNormalOrigin(a, w)))))
  return sub(exponent, add(truncatedNormalLogMass(a, w), HALF_LOG_TWO_PI))
}

function logDensity(v: Real, a: Real, w: Real): Real {
  return sub(truncatedNormalLogKernel(v, a, w), where(truncatedNormalIsNarrow(a, w), log(w), 0))
}

function density(v: Real, a: Real, w: Real): Real {
  return exp(logDensity(v, a, w))
}

function nearExcess(a: Real, w: Real): Real {
  return where(truncatedNormalIsNarrow(a, w), mul(-0.5, w), where(truncatedNormalIsWide(a, w), a, 0))
}

function farExcess(a: Real, w: Real): Real {
  return add(nearExcess(a, w), w)
}

function farDensity(a: Real, w: Real): Real {
  return density(farExcess(a, w), a, w)
}

const below: Ternary = /* @__PURE__ */ elementwise(
  'truncatedNormalBelow',
  (v, a, w) => truncatedCdf(v, a, w, false),
  /* @__PURE__ */ cdfDerivatives(1, (v, a, w) => below(v, a, w)),
) as Ternary

const above: Ternary = /* @__PURE__ */ elementwise(
  'truncatedNormalAbove',
  (v, a, w) => truncatedCdf(v, a, w, true),
  /* @__PURE__ */ cdfDerivatives(-1, (v, a, w) => sub(1, above(v, a, w))),
) as Ternary

/** The probability of an excess up to v, or of one from v on. */
export function truncatedNormalCdf(v: Real, a: Real, w: Real, isAbove: boolean): Real {
  return (isAbove ? above : below)(v, a, w)
}

type OfThree = (x: Real, a: Real, w: Real) => Real

/** Derivatives of sign · P, where P is the probability below. */
function cdfDerivatives(sign: number, probability: OfThree): readonly Derivative[] {
  const atFar: OfThree = (v, a, w) => mul(probability(v, a, w), farDensity(a, w))
  return [
    (dy, v, a, w) => mul(dy, mul(sign, density(v!, a!, w!))),
    (dy, v, a, w) => {
      const atNear = mul(sub(1, probability(v!, a!, w!)), density(nearExcess(a!, w!), a!, w!))
      const moved = where(truncatedNormalIsWide(a!, w!), 0, density(v!, a!, w!))
      return mul(dy, mul(sign, sub(moved, add(atNear, atFar(v!, a!, w!)))))
    },
    (dy, v, a, w) => {
      const moved = where(truncatedNormalIsNarrow(a!, w!), mul(0.5, density(v!, a!, w!)), 0)
      return mul(dy, mul(sign, sub(moved, atFar(v!, a!, w!))))
    },
  ]
}

const quantileOfBelow: Ternary = /* @__PURE__ */ elementwise(
  'truncatedNormalQuantileOfBelow',
  (p, a, w) => truncatedQuantile(p, 1 - p, a, w),
  /* @__PURE__ */ quantileDerivatives(1, (p, a, w) => quantileOfBelow(p, a, w)),
) as Ternary

const quantileOfAbove: Ternary = /* @__PURE__ */ elementwise(
  'truncatedNormalQuantileOfAbove',
  (q, a, w) => truncatedQuantile(1 - q, q, a, w),
  /* @__PURE__ */ quantileDerivatives(-1, (q, a, w) => quantileOfAbove(q, a, w)),
) as Ternary

/** The excess with a probability below it, or above it. */
export function truncatedNormalQuantile(probability: Real, a: Real, w: Real, isAbove: boolean): Real {
  return (isAbove ? quantileOfAbove : quantileOfBelow)(probability, a, w)
}

/** By the implicit function; for `sign` −1 the probability is that above. */
function quantileDerivatives(sign: number, quantile: OfThree): readonly Derivative[] {
  const below = (p: Real): Real => (sign > 0 ? p : sub(1, p))
  return [
    (dy, p, a, w) => mul(dy, mul(sign, exp(neg(logDensity(quantile(p!, a!, w!), a!, w!))))),
    (dy, p, a, w) => mul(dy, truncatedNormalShift(below(p!), quantile(p!, a!, w!), a!, w!)),
    (dy, p, a, w) => mul(dy, truncatedNormalStretch(below(p!), quantile(p!, a!, w!), a!, w!)),
  ]
}

/**
 * How an excess v moves with a where the probability p below it is held: what an end moves is the ratio of densities
 * there, times the probability beyond.
 */
export function truncatedNormalShift(p: Real, v: Real, a: Real, w: Real): Real {
  const near = logRatio(v, nearExcess(a, w), a, w)
  const far = logRatio(v, farExcess(a, w), a, w)
  const mixture = (f: (x: Real) => Real): Real => add(mul(sub(1, p), f(near)), mul(p, f(far)))
  // Where the origin moves as well, 1 is taken away without cancellation.
  return where(truncatedNormalIsWide(a, w), mixture(exp), mixture(expm1))
}

/** The same with w. */
export function truncatedNormalStretch(p: Real, v: Real, a: Real, w: Real): Real {
  const far = mul(p, exp(logRatio(v, farExcess(a, w), a, w)))
  return sub(far, where(truncatedNormalIsNarrow(a, w), 0.5, 0))
}

/** The logarithm of the density at `end` over that at v. */
function logRatio(v: Real, end: Real, a: Real, w: Real): Real {
  const m = truncatedNormalOrigin(a, w)
  const half = (x: Real): Real => mul(x, add(mul(0.5, x), m))
  return sub(half(v), half(end))
}
