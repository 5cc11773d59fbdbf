import type { Tensor } from '@tensorflow/tfjs-core'
import { exp as expOf } from '../../special/exp.ts'
import { gammainc as gammaincOf, gammaincc as gammainccOf } from '../../special/gammainc.ts'
import { gammaincDa as shapeSlopeOf } from '../../special/gammaincDa.ts'
import { gammaincDaa as shapeCurvatureOf } from '../../special/gammaincDaa.ts'
import {
  gammaincInverse as gammaincInverseOf,
  gammainccInverse as gammainccInverseOf,
} from '../../special/gammaincInverse.ts'
import { logGammaDensity as logGammaDensityOf } from '../../special/logGammaDensity.ts'
import { add, mul, neg, square, sub } from '../arithmetic.ts'
import { and, equal, greater } from '../comparison.ts'
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
  shapeSlopeOfDensity,
]) as Binary

/** ∂²P/∂a². */
const shapeCurvature: Binary = /* @__PURE__ */ elementwise('gammaincDaa', (a, x) => shapeCurvatureOf(a, x), [
  noThirdDerivative,
  (dy, a, x) =>
    mul(
      dy,
      timesDensity(a!, x!, (y) => sub(square(logMinusDigamma(y, a!)), trigamma(a!))),
    ),
]) as Binary

const density: Binary = /* @__PURE__ */ elementwise(
  'gammaDensity',
  (a, x) => expOf(logGammaDensityOf(a, x)),
  [
    shapeSlopeOfDensity,
    (dy, a, x) => {
      const power = sub(a!, 1)
      const isEnd = and(equal(x!, 0), greater(power, 0))
      // At 0 (a − 1)·x^(a − 2)/Γ(a), the density of a − 1.
      const atEnd = sub(density(where(isEnd, power, 1), x!), density(a!, x!))
      return mul(
        dy,
        where(
          isEnd,
          atEnd,
          timesDensity(a!, x!, (y) => ratioToMode(power, y)),
        ),
      )
    },
  ],
) as Binary

function shapeSlopeOfDensity(dy: Tensor, a?: Real, x?: Real): Real {
  return mul(
    dy,
    timesDensity(a!, x!, (y) => logMinusDigamma(y, a!)),
  )
}

function reciprocalDensity(a: Real, x: Real): Real {
  return exp(neg(logGammaDensity(a, x)))
}

/** f(x)·density, 0 where the density is, so that a logarithm at 0 does no harm. */
function timesDensity(a: Real, x: Real, f: (x: Real) => Real): Real {
  const d = density(a, x)
  const isZero = equal(d, 0)
  return mul(d, where(isZero, 0, f(where(isZero, 1, x))))
}
