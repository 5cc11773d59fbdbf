import { bracketedNewton } from './bracketedNewton.ts'
import { HALF_LOG_TWO_PI } from './constants.ts'
import { NODES, WEIGHTS } from './gaussLegendre.ts'
import { logNdtr } from './logNdtr.ts'
import { ndtr } from './ndtr.ts'
import { owensT } from './owensT.ts'

const SQRT_TWO_OVER_PI = Math.sqrt(2 / Math.PI)

/**
 * P(Z ≤ z) of the skew normal distribution, Φ(z) − 2·T(z, α) with Owen's T (Azzalini 1985, "A class of distributions
 * which includes the normal ones"); where the two cancel, in the tail away from the shape, by quadrature.
 */
export function skewNormalCdf(z: number, shape: number): number {
  if (z > 0) return 1 - skewNormalCdf(-z, -shape)
  if (z === -Infinity) return Number.isNaN(shape) ? NaN : 0
  if (shape > 0 && -z * Math.hypot(1, shape) > 2) return shortTail(z, shape)
  return ndtr(z) - 2 * owensT(z, shape)
}

/** ∫ 2·φ(t)·Φ(αt) dt up to z < 0, by the excess v = z − t until the integrand has fallen by e⁻⁴⁰. */
function shortTail(z: number, shape: number): number {
  const end = 80 / (-z + Math.sqrt(z * z + 80 / (1 + shape * shape))) / (1 + shape * shape)
  const atEnd = logNdtr(shape * z)
  let sum = 0
  for (let i = 0; i < NODES.length; i++) {
    const v = end * NODES[i]!
    sum += WEIGHTS[i]! * Math.exp(z * v - 0.5 * v * v + logNdtr(shape * (z - v)) - atEnd)
  }
  return SQRT_TWO_OVER_PI * end * sum * Math.exp(atEnd - 0.5 * z * z)
}

/** The z with P(Z ≤ z) = p: Newton's method for the logarithm of the smaller tail, kept between bounds. */
export function skewNormalQuantile(p: number, shape: number): number {
  if (!(p >= 0 && p <= 1)) return NaN
  if (p === 0 || p === 1) return p === 0 ? -Infinity : Infinity
  if (p > skewNormalCdf(0, shape)) return -lowerQuantile(1 - p, -shape)
  return lowerQuantile(p, shape)
}

function lowerQuantile(p: number, shape: number): number {
  return bracketedNewton(-1 / Math.hypot(1, Math.max(shape, 0)), -39, 0, (z) => {
    const cdf = skewNormalCdf(z, shape)
    const density = SQRT_TWO_OVER_PI * Math.exp(-0.5 * z * z + logNdtr(shape * z))
    return (Math.log(p / cdf) * cdf) / density
  })
}

/** E log Φ(αZ), which the entropy of the skew normal distribution has beside that of the normal. */
export function skewNormalLogFactor(shape: number): number {
  return quadrature(shape, (z) => ndtr(shape * z) * logNdtr(shape * z))
}

/** Its derivative, 2·∫ z·φ(z)·φ(αz)·log Φ(αz) dz. */
export function skewNormalLogFactorSlope(shape: number): number {
  return quadrature(shape, (z) => {
    const u = shape * z
    return z * Math.exp(-0.5 * u * u - HALF_LOG_TWO_PI) * logNdtr(u)
  })
}

/** ∫ 2·φ(z)·f(z) dz, where f is of αz and not small only around 0 or before φ is. */
function quadrature(shape: number, f: (z: number) => number): number {
  const scale = Math.max(1, Math.abs(shape))
  let sum = 0
  for (let from = -9; from < 9; from += 3) {
    for (let i = 0; i < NODES.length; i++) {
      const z = (from + 3 * NODES[i]!) / scale
      sum += 3 * WEIGHTS[i]! * Math.exp(-0.5 * z * z) * f(z)
    }
  }
  return (SQRT_TWO_OVER_PI * sum) / scale
}
