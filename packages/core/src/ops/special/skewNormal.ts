import {
  skewNormalCdf as cdfOf,
  skewNormalLogFactor as logFactorOf,
  skewNormalLogFactorSlope,
  skewNormalQuantile as quantileOf,
} from '../../special/skewNormal.ts'
import { add, div, mul, neg, square } from '../arithmetic.ts'
import { elementwise } from '../elementwise.ts'
import { exp } from '../exponential.ts'
import type { Binary, Real, Unary } from '../real.ts'
import { logNdtr } from './normal.ts'
import { noDerivative } from './noDerivative.ts'

const HALF_LOG_TWO_OVER_PI = -0.22579135264472744

/** The density. */
export function skewNormalDensity(z: Real, shape: Real): Real {
  return exp(add(add(mul(-0.5, square(z)), HALF_LOG_TWO_OVER_PI), logNdtr(mul(shape, z))))
}

/** ∂P/∂α = −exp(−z²(1 + α²)/2)/(π(1 + α²)). */
export function skewNormalShapeSlope(z: Real, shape: Real): Real {
  const s = add(1, square(shape))
  return div(mul(-1 / Math.PI, exp(mul(-0.5, mul(square(z), s)))), s)
}

/** The cdf of the skew normal distribution: `skewNormalCdf(z, shape)`. */
export const skewNormalCdf: Binary = /* @__PURE__ */ elementwise(
  'skewNormalCdf',
  (z, shape) => cdfOf(z, shape),
  [
    (dy, z, shape) => mul(dy, skewNormalDensity(z!, shape!)),
    (dy, z, shape) => mul(dy, skewNormalShapeSlope(z!, shape!)),
  ],
) as Binary

/** The quantile function of the skew normal distribution: `skewNormalQuantile(p, shape)`. */
export const skewNormalQuantile: Binary = /* @__PURE__ */ elementwise(
  'skewNormalQuantile',
  (p, shape) => quantileOf(p, shape),
  [
    (dy, p, shape) => div(dy, skewNormalDensity(skewNormalQuantile(p!, shape!), shape!)),
    (dy, p, shape) => {
      const z = skewNormalQuantile(p!, shape!)
      return mul(dy, neg(div(skewNormalShapeSlope(z, shape!), skewNormalDensity(z, shape!))))
    },
  ],
) as Binary

/** E log Φ(αZ) for a skew normal Z of shape α. */
export const skewNormalLogFactor: Unary = /* @__PURE__ */ elementwise(
  'skewNormalLogFactor',
  (shape) => logFactorOf(shape),
  [(dy, shape) => mul(dy, logFactorSlope(shape!))],
) as Unary

const logFactorSlope: Unary = /* @__PURE__ */ elementwise(
  'skewNormalLogFactorSlope',
  (shape) => skewNormalLogFactorSlope(shape),
  [/* @__PURE__ */ noDerivative('skewNormal: the second derivative of the entropy')],
) as Unary
