import type { Tensor } from '@tensorflow/tfjs-core'
import { betaincOfOdds as betaincAt } from '../../special/betainc.ts'
import { betaincInverse as betaincInverseOf } from '../../special/betaincInverse.ts'
import { betaincJet } from '../../special/betaincJet.ts'
import { exp as expOf } from '../../special/exp.ts'
import type { Jet } from '../../special/jet.ts'
import { lbeta as lbetaOf } from '../../special/lbeta.ts'
import { betaPrefactor } from '../../special/logBetaDensity.ts'
import { add, div, mul, neg, square, sub } from '../arithmetic.ts'
import { and, equal, greater } from '../comparison.ts'
import type { Derivative } from '../defineElementwise.ts'
import { elementwise } from '../elementwise.ts'
import { exp, log } from '../exponential.ts'
import type { Join, Quaternary, Real, Ternary } from '../real.ts'
import { where } from '../where.ts'
import { digammaDifference, trigamma } from './gamma.ts'
import { logBetaDensity } from './logDensities.ts'
import { ratio } from './ratio.ts'
import { noDerivative } from './noDerivative.ts'

// Everything is a function of the odds x : y, so that neither x/(x + y) nor y/(x + y) is rounded on the way.

/**
 * I(a, b) at x/(x + y), the regularised incomplete beta function, for x, y ≥ 0, one of them finite: the cdf of the beta
 * distribution where y = 1 − x, of its odds where y = 1.
 */
export const betaincOfOdds: Quaternary = /* @__PURE__ */ elementwise(
  'betaincOfOdds',
  (a, b, x, y) => betaincAt(a, b, x, y),
  [
    (dy, a, b, x, y) => mul(dy, betaincSlope(a!, b!, x!, y!)),
    (dy, a, b, x, y) => mul(dy, neg(betaincSlope(b!, a!, y!, x!))),
    (dy, a, b, x, y) => mul(dy, oddsDensity(a!, b!, x!, y!)),
    (dy, a, b, x, y) => mul(dy, neg(oddsDensity(b!, a!, y!, x!))),
  ],
) as Quaternary

type Quadruple = readonly [a: Real, b: Real, x: Real, y: Real]
type OfOdds = (...args: Quadruple) => Real

/** I_x(a, b), the regularised incomplete beta function: the cdf of the beta distribution. */
export function betainc<A extends Real, B extends Real, X extends Real>(a: A, b: B, x: X): Join<A, B, X> {
  return betaincOfOdds(a, b, x, sub(1, x)) as Join<A, B, X>
}

/** The x with I_x(a, b) = p. */
export const betaincInverse: Ternary = /* @__PURE__ */ elementwise(
  'betaincInverse',
  (a, b, p) => betaincInverseOf(a, b, p),
  [
    (dy, a, b, p) => {
      const x = betaincInverse(a!, b!, p!)
      return mul(dy, impliedSlope(a!, b!, x, sub(1, x)))
    },
    (dy, a, b, p) => {
      const x = betaincInverse(a!, b!, p!)
      return mul(dy, neg(impliedSlope(b!, a!, sub(1, x), x)))
    },
    (dy, a, b, p) => {
      const x = betaincInverse(a!, b!, p!)
      return mul(dy, exp(neg(logBetaDensity(x, sub(1, x), a!, b!))))
    },
  ],
) as Ternary

/** dx/da where I_x(a, b) is held, y = 1 − x. */
function impliedSlope(a: Real, b: Real, x: Real, y: Real): Real {
  return neg(mul(betaincSlope(a, b, x, y), exp(neg(logBetaDensity(x, y, a, b)))))
}

/** The odds x/(1 − x) where I_x(a, b) = p. */
export const oddsOfBetainc: Ternary = /* @__PURE__ */ elementwise(
  'oddsOfBetainc',
  (a, b, p) => {
    const x = betaincInverseOf(a, b, p)
    if (x <= 0.5) return x / (1 - x)
    // Of the roundings of 1 − x and 1 − p, that of the larger.
    const y = 1 - x > p ? 1 - x : betaincInverseOf(b, a, 1 - p)
    return (1 - y) / y
  },
  [
    (dy, a, b, p) => {
      const odds = oddsOfBetainc(a!, b!, p!)
      return mul(dy, neg(mul(betaincSlope(a!, b!, odds, 1), exp(neg(logOddsDensity(a!, b!, odds, 1))))))
    },
    (dy, a, b, p) => {
      const odds = oddsOfBetainc(a!, b!, p!)
      return mul(dy, mul(betaincSlope(b!, a!, 1, odds), exp(neg(logOddsDensity(a!, b!, odds, 1)))))
    },
    (dy, a, b, p) => mul(dy, exp(neg(logOddsDensity(a!, b!, oddsOfBetainc(a!, b!, p!), 1)))),
  ],
) as Ternary

/**
 * (a − 1)·log x + b·log y − (a + b)·log(x + y) − log B(a, b), rounded once: the logarithm of the derivative of
 * `betaincOfOdds` in x, and with y = 1 the log density of the beta prime distribution.
 */
export const logOddsDensity: Quaternary = /* @__PURE__ */ elementwise(
  'logOddsDensity',
  (a, b, x, y) => logOddsDensityOf(a, b, x, y),
  [
    (dy, a, b, x, y) => mul(dy, score(a!, b!, x!, y!)),
    (dy, a, b, x, y) => mul(dy, score(b!, a!, y!, x!)),
    // (a − 1)/x − (a + b)/(x + y), which would cancel where a is large.
    (dy, a, b, x, y) => {
      const inOdds = div(ratio(sub(a!, 1), x!), add(div(x!, y!), 1))
      return mul(dy, sub(inOdds, div(add(b!, 1), add(x!, y!))))
    },
    (dy, a, b, x, y) => mul(dy, sub(ratio(b!, y!), div(add(a!, b!), add(x!, y!)))),
  ],
) as Quaternary

function logOddsDensityOf(a: number, b: number, x: number, y: number): number {
  const sum = x + y
  if (x > 0 && y > 0) return betaPrefactor(x / sum, y / sum, a, b) - Math.log(x)
  if (!(x >= 0 && y >= 0 && sum > 0)) return NaN
  if (x > 0) return -Infinity
  return a === 1 ? -lbetaOf(a, b) - Math.log(y) : (1 - a) * Infinity
}

/** The derivative of `betaincOfOdds` in x. */
const oddsDensity: Quaternary = /* @__PURE__ */ elementwise(
  'oddsDensity',
  (a, b, x, y) => expOf(logOddsDensityOf(a, b, x, y)),
  [
    /* @__PURE__ */ densityTimes(score),
    /* @__PURE__ */ densityTimes((a, b, x, y) => score(b, a, y, x)),
    (dy, a, b, x, y) => {
      const power = sub(a!, 1)
      const isEnd = and(equal(x!, 0), greater(power, 0))
      const atEnd = mul(add(power, b!), oddsDensity(where(isEnd, power, 1), b!, x!, y!))
      const inside = densityTimes((_, __, t) => ratio(power, t))
      return densitySlope(isEnd, atEnd, inside, dy, a!, b!, x!, y!)
    },
    (dy, a, b, x, y) => {
      const atEnd = mul(b!, oddsDensity(b!, a!, y!, x!))
      const inside = densityTimes((_, power, __, t) => ratio(power, t))
      return densitySlope(equal(y!, 0), atEnd, inside, dy, a!, b!, x!, y!)
    },
  ],
) as Quaternary

/**
 * dy times the slope of x^(a − 1)·y^b·(x + y)^(−a − b)/B(a, b) in x or y. Where that is 0 and the density with it, its power
 * of what is 0 is that of another density: (a − 1)/B(a, b) = (a + b − 1)/B(a − 1, b).
 */
function densitySlope(isEnd: Real, atEnd: Real, inside: Derivative, dy: Tensor, ...args: Quadruple): Real {
  const [a, b, x, y] = args
  const sum = add(x, y)
  const ofSum = mul(dy, div(mul(add(a, b), oddsDensity(a, b, x, y)), sum))
  return sub(where(isEnd, mul(dy, div(atEnd, sum)), inside(dy, ...args)), ofSum)
}

/** log(x/(x + y)) + ψ(a + b) − ψ(a), the derivative of the log density in a. */
function score(a: Real, b: Real, x: Real, y: Real): Real {
  return add(log(div(x, add(x, y))), digammaDifference(a, b))
}

/** ∂I/∂a. That in b is −∂I/∂a of (b, a, y, x). */
export const betaincSlope: Quaternary = /* @__PURE__ */ elementwise(
  'betaincDa',
  (a, b, x, y) => jetAt(a, b, x, y)?.a ?? 0,
  [
    (dy, a, b, x, y) => mul(dy, curvature(a!, b!, x!, y!)),
    (dy, a, b, x, y) => mul(dy, mixed(a!, b!, x!, y!)),
    .../* @__PURE__ */ alongOdds(score),
  ],
) as Quaternary

const curvature: Quaternary = /* @__PURE__ */ elementwise(
  'betaincDaa',
  (a, b, x, y) => jetAt(a, b, x, y)?.aa ?? 0,
  /* @__PURE__ */ thirdDerivatives((a, b, t, u) =>
    add(square(score(a, b, t, u)), sub(trigamma(add(a, b)), trigamma(a))),
  ),
) as Quaternary

const mixed: Quaternary = /* @__PURE__ */ elementwise(
  'betaincDab',
  (a, b, x, y) => jetAt(a, b, x, y)?.ab ?? 0,
  /* @__PURE__ */ thirdDerivatives((a, b, t, u) =>
    add(mul(score(a, b, t, u), score(b, a, u, t)), trigamma(add(a, b))),
  ),
) as Quaternary

/** The derivatives of a second derivative in a and b, which is that of the density, over the density, times it. */
function thirdDerivatives(ofDensity: OfOdds): readonly Derivative[] {
  const refuse = noDerivative('betainc: the third derivative in its first two arguments')
  return [refuse, refuse, ...alongOdds(ofDensity)]
}

/** The derivatives in x and y of what has f times the density for that in the share of x. */
function alongOdds(f: OfOdds): readonly Derivative[] {
  const ofY = densityTimes((b, a, y, x) => f(a, b, x, y))
  return [densityTimes(f), (dy, a, b, x, y) => neg(ofY(dy, b!, a!, y!, x!))]
}

/** dy·f·density, 0 where the density is, so that a logarithm at 0 does no harm. */
function densityTimes(f: OfOdds): Derivative {
  return (dy, a, b, x, y) => {
    const density = oddsDensity(a!, b!, x!, y!)
    const isZero = equal(density, 0)
    const factor = f(a!, b!, where(isZero, 1, x!), where(isZero, 1, y!))
    return mul(dy, mul(density, where(isZero, 0, factor)))
  }
}

function jetAt(a: number, b: number, x: number, y: number): Jet | undefined {
  const sum = x + y
  return x > 0 && y > 0 && sum < Infinity ? betaincJet(a, b, x / sum, y / sum) : undefined
}
