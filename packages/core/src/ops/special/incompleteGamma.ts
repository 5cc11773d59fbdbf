import { exp as expOf } from '../../special/exp.ts'
import { gammainc as gammaincOf, gammaincc as gammainccOf } from '../../special/gammainc.ts'
import { gammaincDa as shapeSlopeOf } from '../../special/gammaincDa.ts'
import { gammaincDaa as shapeCurvatureOf } from '../../special/gammaincDaa.ts'
import {
  gammaincInverse as gammaincInverseOf,
  gammainccInverse as gammainccInverseOf,
} from '../../special/gammaincInverse.ts'
import { logGammaDensity as logGammaDensityOf } from '../../special/logGammaDensity.ts'
import { mul, neg, square, sub } from '../arithmetic.ts'
import { and, equal, greater } from '../comparison.ts'
import type { Derivative } from '../defineElementwise.ts'
import { elementwise } from '../elementwise.ts'
import { exp } from '../exponential.ts'
import type { Binary, Real } from '../real.ts'
import { where } from '../where.ts'
import { logMinusDigamma, trigamma } from './gamma.ts'
import { gammaSampleDerivative } from './gammaSampleDerivative.ts'
import { logGammaDensity, ratioToMode } from './logDensities.ts'
import { noDerivative } from './noDerivative.ts'

const noThirdDerivative = /* @__PURE__ */ noDerivative('gammainc: the third derivative in its first argument')

/** P(a, x), the regularised lower incomplete gamma function: the cdf of the gamma distribution with rate 1. */
export const gammainc: Binary = /* @__PURE__ */ elementwise('gammainc', (a, x) => gammaincOf(a, x), [
  (dy, a, x) => mul(dy, shapeSlope(a!, x!)),
  (dy, a, x) => mul(dy, density(a!, x!)),
]) as Binary

/** Q(a, x) = 1 − P(a, x), the regularised upper incomplete gamma function, exact in the right tail. */
export const gammaincc: Binary = /* @__PURE__ */ elementwise('gammaincc', (a, x) => gammainccOf(a, x), [
  (dy, a, x) => mul(dy, neg(shapeSlope(a!, x!))),
  (dy, a, x) => mul(dy, neg(density(a!, x!))),
]) as Binary

/** The x with P(a, x) = p. */
export const gammaincInverse: Binary = /* @__PURE__ */ elementwise(
  'gammaincInverse',
  (a, p) => gammaincInverseOf(a, p),
  [
    (dy, a, p) => mul(dy, gammaSampleDerivative(a!, gammaincInverse(a!, p!))),
    (dy, a, p) => mul(dy, reciprocalDensity(a!, gammaincInverse(a!, p!))),
  ],
) as Binary

/** The x with Q(a, x) = q, exact for tiny q. */
export const gammainccInverse: Binary = /* @__PURE__ */ elementwise(
  'gammainccInverse',
  (a, q) => gammainccInverseOf(a, q),
  [
    (dy, a, q) => mul(dy, gammaSampleDerivative(a!, gammainccInverse(a!, q!))),
    (dy, a, q) => mul(dy, neg(reciprocalDensity(a!, gammainccInverse(a!, q!)))),
  ],
) as Binary

/** ∂P/∂a. */
const shapeSlope: Binary = /* @__PURE__ */ elementwise('gammaincDa', (a, x) => shapeSlopeOf(a, x), [
  (dy, a, x) => mul(dy, shapeCurvature(a!, x!)),
  /* @__PURE__ */ densityTimes(score),
]) as Binary

/** ∂²P/∂a². */
const shapeCurvature: Binary = /* @__PURE__ */ elementwise('gammaincDaa', (a, x) => shapeCurvatureOf(a, x), [
  noThirdDerivative,
  /* @__PURE__ */ densityTimes((a, x) => sub(square(score(a, x)), trigamma(a))),
]) as Binary

const density: Binary = /* @__PURE__ */ elementwise(
  'gammaDensity',
  (a, x) => expOf(logGammaDensityOf(a, x)),
  [
    /* @__PURE__ */ densityTimes(score),
    (dy, a, x) => {
      const power = sub(a!, 1)
      const isEnd = and(equal(x!, 0), greater(power, 0))
      // At 0 (a − 1)·x^(a − 2)/Γ(a), the density of a − 1.
      const atEnd = sub(density(where(isEnd, power, 1), x!), density(a!, x!))
      const inside = densityTimes((_, t) => ratioToMode(power, t))
      return where(isEnd, mul(dy, atEnd), inside(dy, a!, x!))
    },
  ],
) as Binary

/** The derivative of the log density in a. */
function score(a: Real, x: Real): Real {
  return logMinusDigamma(x, a)
}

function reciprocalDensity(a: Real, x: Real): Real {
  return exp(neg(logGammaDensity(a, x)))
}

/** dy·f·density, 0 where the density is, so that a logarithm at 0 does no harm. */
function densityTimes(f: (a: Real, x: Real) => Real): Derivative {
  return (dy, a, x) => {
    const own = density(a!, x!)
    const isZero = equal(own, 0)
    return mul(dy, mul(own, where(isZero, 0, f(a!, where(isZero, 1, x!)))))
  }
}
