import { bracketedNewton } from '../../special/bracketedNewton.ts'
import { erfcx as erfcxOf } from '../../special/erfcx.ts'
import { ndtr } from '../../special/ndtr.ts'
import { add, div, mul, neg, sqrt, square, sub } from '../arithmetic.ts'
import { elementwise } from '../elementwise.ts'
import { exp, log } from '../exponential.ts'
import type { Real, Ternary, Unary } from '../real.ts'
import { erfcx } from './error.ts'

const EULER = 0.5772156649015329
const HALF_LOG_TWO_PI = 0.9189385332046727

/** ½·log(λ/2π) − 3/2·log x − λ·(x − μ)²/(2μ²x), the log density of the inverse Gaussian distribution, rounded once. */
export const logInverseGaussianDensity: Ternary = /* @__PURE__ */ elementwise(
  'logInverseGaussianDensity',
  (mean, concentration, x) => {
    const deviation = (x - mean) / mean
    return (
      0.5 * Math.log(concentration) -
      1.5 * Math.log(x) -
      HALF_LOG_TWO_PI -
      0.5 * (concentration / x) * deviation * deviation
    )
  },
  [
    (dy, m, c, x) => mul(dy, div(mul(div(c!, m!), div(sub(x!, m!), m!)), m!)),
    (dy, m, c, x) => mul(dy, div(sub(div(1, c!), div(square(div(sub(x!, m!), m!)), x!)), 2)),
    (dy, m, c, x) => mul(dy, div(sub(slope(m!, c!, x!), div(3, x!)), 2)),
  ],
) as Ternary

/** λ/x² − λ/μ², rounded once: near the mean rounded terms would cancel. */
const slope: Ternary = /* @__PURE__ */ elementwise(
  'inverseGaussianSlope',
  (mean, concentration, x) => concentration / x / x - concentration / mean / mean,
  [
    (dy, m, c) => mul(dy, mul(2, overCube(c!, m!))),
    (dy, m, _, x) => mul(dy, slope(m!, 1, x!)),
    (dy, _, c, x) => mul(dy, mul(-2, overCube(c!, x!))),
  ],
) as Ternary

/** λ/x³, of which x³ alone may overflow. */
function overCube(concentration: Real, x: Real): Real {
  return div(div(div(concentration, x), x), x)
}

/** The cdf of the inverse Gaussian distribution of mean μ and concentration λ, for x ≥ 0. */
export const inverseGaussianCdf: Ternary = /* @__PURE__ */ elementwise(
  'inverseGaussianCdf',
  (mean, concentration, x) => cdf(mean, concentration, x),
  [
    (dy, m, c, x) => mul(dy, neg(mul(meanSlope(m!, c!, x!), exp(logInverseGaussianDensity(m!, c!, x!))))),
    (dy, m, c, x) =>
      mul(dy, neg(mul(concentrationSlope(m!, c!, x!), exp(logInverseGaussianDensity(m!, c!, x!))))),
    (dy, m, c, x) => mul(dy, exp(logInverseGaussianDensity(m!, c!, x!))),
  ],
) as Ternary

/** The x with cdf p. */
export const inverseGaussianQuantile: Ternary = /* @__PURE__ */ elementwise(
  'inverseGaussianQuantile',
  (mean, concentration, p) => quantile(mean, concentration, p),
  [
    (dy, m, c, p) => mul(dy, meanSlope(m!, c!, inverseGaussianQuantile(m!, c!, p!))),
    (dy, m, c, p) => mul(dy, concentrationSlope(m!, c!, inverseGaussianQuantile(m!, c!, p!))),
    (dy, m, c, p) =>
      mul(dy, exp(neg(logInverseGaussianDensity(m!, c!, inverseGaussianQuantile(m!, c!, p!))))),
  ],
) as Ternary

/** dx/dμ of a draw x whose probability is held. The normal densities of both terms of the cdf cancel. */
export function meanSlope(mean: Real, concentration: Real, x: Real): Real {
  const root = sqrt(div(x, concentration))
  return mul(
    mul(mul(2, square(div(concentration, mean))), mul(square(root), root)),
    millsRatio(mean, concentration, x),
  )
}

/** dx/dλ of a draw x whose probability is held. */
export function concentrationSlope(mean: Real, concentration: Real, x: Real): Real {
  const root = sqrt(div(x, concentration))
  return mul(
    square(root),
    sub(1, mul(mul(2, div(concentration, mean)), mul(root, millsRatio(mean, concentration, x)))),
  )
}

/** Φ(−t)/φ(t) at t = √(λ/x)·(x + μ)/μ. */
function millsRatio(mean: Real, concentration: Real, x: Real): Real {
  const t = mul(sqrt(div(concentration, x)), div(add(x, mean), mean))
  return mul(Math.sqrt(Math.PI / 2), erfcx(mul(t, Math.SQRT1_2)))
}

/**
 * Φ(a) + exp(2λ/μ)·Φ(−t), a = √(λ/x)·(x − μ)/μ, t = √(λ/x)·(x + μ)/μ: the second term is ½·erfcx(t/√2)·exp(−a²/2),
 * which does not overflow.
 */
function cdf(mean: number, concentration: number, x: number): number {
  if (!(x > 0 && x < Infinity)) return x >= 0 ? (x === 0 ? 0 : 1) : NaN
  const root = Math.sqrt(concentration / x)
  const a = (root * (x - mean)) / mean
  const t = (root * (x + mean)) / mean
  return ndtr(a) + 0.5 * erfcxOf(t * Math.SQRT1_2) * Math.exp(-0.5 * a * a)
}

/** Newton's method for log cdf as a function of log x. */
function quantile(mean: number, concentration: number, p: number): number {
  if (!(mean > 0 && concentration > 0 && p > 0 && p < 1)) return p === 0 ? 0 : p === 1 ? Infinity : NaN
  const start = Math.log(mean)
  const root = bracketedNewton(start, start - 700, start + 700, (u) => {
    const x = Math.exp(u)
    const below = cdf(mean, concentration, x)
    const density = x * Math.exp(logInverseGaussianDensity(mean, concentration, x))
    return (Math.log(p / below) * below) / density
  })
  return Math.exp(root)
}

/** eᵗ·E₁(t), t > 0, the exponential integral, scaled. */
export const scaledExpint: Unary = /* @__PURE__ */ elementwise('scaledExpint', (t) => expint(t), [
  (dy, t) => mul(dy, expintSlope(t!)),
]) as Unary

/** eᵗ·E₁(t) − 1/t. */
const expintSlope: Unary = /* @__PURE__ */ elementwise('scaledExpintSlope', (t) => expint(t) - 1 / t, [
  (dy, t) => mul(dy, add(expintSlope(t!), div(1, square(t!)))),
]) as Unary

/** The power series (DLMF 6.6.2) below 1, the continued fraction (DLMF 6.9.1) above. */
function expint(t: number): number {
  if (!(t > 0)) return t === 0 ? Infinity : NaN
  if (t < 1) {
    let [sum, term] = [-EULER - Math.log(t), 1]
    for (let k = 1; k < 20; k++) {
      term *= -t / k
      sum -= term / k
    }
    return Math.exp(t) * sum
  }
  // 1/(t + 1/(1 + 1/(t + 2/(1 + 2/(t + …))))), contracted, from the end.
  let tail = 0
  for (let k = Math.ceil(20 + 100 / t); k >= 1; k--) tail = (k * k) / (t + 2 * k + 1 - tail)
  return 1 / (t + 1 - tail)
}

/** log x of inverse Gaussian draws has the mean log μ − eᵗ·E₁(t), t = 2λ/μ. */
export function meanLogInverseGaussian(mean: Real, concentration: Real): Real {
  return sub(log(mean), scaledExpint(mul(2, div(concentration, mean))))
}
