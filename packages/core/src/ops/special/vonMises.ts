import {
  besselRatioComplement as complementOf,
  besselRatioSlope as slopeOf,
} from '../../special/besselRatio.ts'
import { i0e } from '../../special/i0e.ts'
import { vonMisesCdf as cdfOf } from '../../special/vonMisesCdf.ts'
import { vonMisesTail } from '../../special/vonMisesTail.ts'
import { add, div, mul, neg, square, sub } from '../arithmetic.ts'
import { elementwise } from '../elementwise.ts'
import { exp } from '../exponential.ts'
import type { Binary, Real, Ternary, Unary } from '../real.ts'
import { sin } from '../trigonometric.ts'
import { noDerivative } from './noDerivative.ts'

const noThirdDerivative = /* @__PURE__ */ noDerivative(
  'vonMises: the third derivative of the cdf, or of a draw, in the concentration',
)

const LOG_TWO_PI = 1.8378770664093453

/** log(exp(−κ)·I₀(κ)), κ ≥ 0. */
export const logI0e: Unary = /* @__PURE__ */ elementwise('logI0e', (kappa) => Math.log(i0e(kappa)), [
  (dy, kappa) => mul(dy, neg(besselRatioComplement(kappa!))),
]) as Unary

/** 1 − I₁(κ)/I₀(κ), κ ≥ 0, without cancellation. */
export const besselRatioComplement: Unary = /* @__PURE__ */ elementwise(
  'besselRatioComplement',
  (kappa) => complementOf(kappa),
  [(dy, kappa) => mul(dy, neg(besselRatioSlope(kappa!)))],
) as Unary

/** The derivative of I₁(κ)/I₀(κ). */
export const besselRatioSlope: Unary = /* @__PURE__ */ elementwise(
  'besselRatioSlope',
  (kappa) => slopeOf(kappa),
  [
    (dy, kappa) => {
      const ratio = sub(1, besselRatioComplement(kappa!))
      const slope = besselRatioSlope(kappa!)
      return mul(dy, sub(div(sub(div(ratio, kappa!), slope), kappa!), mul(2, mul(ratio, slope))))
    },
  ],
) as Unary

/** −2κ·sin²(x/2) − log(2π·exp(−κ)·I₀(κ)), the log density of the von Mises distribution around 0. */
export function logVonMisesDensity(x: Real, kappa: Real): Real {
  return sub(mul(mul(-2, kappa), square(sin(div(x, 2)))), add(logI0e(kappa), LOG_TWO_PI))
}

/** cos x − I₁(κ)/I₀(κ), the derivative of the log density in κ. */
function score(x: Real, kappa: Real): Real {
  return sub(besselRatioComplement(kappa), mul(2, square(sin(div(x, 2)))))
}

/** The distribution function of the von Mises distribution around 0, from −π; beyond, every turn counts one more. */
export const vonMisesCdf: Binary = /* @__PURE__ */ elementwise('vonMisesCdf', (x, kappa) => cdfOf(x, kappa), [
  (dy, x, kappa) => mul(dy, exp(logVonMisesDensity(x!, kappa!))),
  (dy, x, kappa) => mul(dy, cdfSlope(x!, kappa!)),
]) as Binary

const cdfSlope: Binary = /* @__PURE__ */ elementwise(
  'vonMisesCdfDk',
  (x, kappa) => density(x, kappa) * -sampleSlopeOf(kappa, x),
  [
    (dy, x, kappa) => mul(dy, mul(exp(logVonMisesDensity(x!, kappa!)), score(x!, kappa!))),
    (dy, x, kappa) => mul(dy, cdfCurvature(x!, kappa!)),
  ],
) as Binary

const cdfCurvature: Binary = /* @__PURE__ */ elementwise(
  'vonMisesCdfDkk',
  (x, kappa) => {
    const angle = x - 2 * Math.PI * Math.round(x / (2 * Math.PI))
    const { second } = vonMisesTail(Math.abs(angle), kappa)
    return density(x, kappa) * (angle < 0 ? second : -second)
  },
  [
    (dy, x, kappa) => {
      const curvature = sub(square(score(x!, kappa!)), besselRatioSlope(kappa!))
      return mul(dy, mul(exp(logVonMisesDensity(x!, kappa!)), curvature))
    },
    noThirdDerivative,
  ],
) as Binary

function density(x: number, kappa: number): number {
  const sine = Math.sin(0.5 * x)
  return Math.exp(-2 * kappa * sine * sine) / (2 * Math.PI * i0e(kappa))
}

/** How a draw x of the von Mises distribution around 0 moves with κ, its probability held. */
export const vonMisesSampleDerivative: Binary = /* @__PURE__ */ elementwise(
  'vonMisesSampleDerivative',
  (kappa, x) => sampleSlopeOf(kappa, x),
  [
    (dy, kappa, x) => mul(dy, sampleCurvature(kappa!, x!)),
    (dy, kappa, x) => {
      const own = mul(mul(kappa!, sin(x!)), vonMisesSampleDerivative(kappa!, x!))
      return mul(dy, sub(own, score(x!, kappa!)))
    },
  ],
) as Binary

const sampleCurvature: Binary = /* @__PURE__ */ elementwise(
  'vonMisesSampleDerivativeDk',
  (kappa, x) => {
    const angle = x - 2 * Math.PI * Math.round(x / (2 * Math.PI))
    const { first, second } = vonMisesTail(Math.abs(angle), kappa)
    const sine = Math.sin(0.5 * angle)
    return Math.sign(angle) * (second - first * (complementOf(kappa) - 2 * sine * sine))
  },
  [noThirdDerivative, noThirdDerivative],
) as Binary

function sampleSlopeOf(kappa: number, x: number): number {
  const angle = x - 2 * Math.PI * Math.round(x / (2 * Math.PI))
  return Math.sign(angle) * vonMisesTail(Math.abs(angle), kappa).first
}

/** The x from −π to π where the distribution function of the von Mises distribution around `loc`, from −π, is p. */
export const vonMisesQuantile: Ternary = /* @__PURE__ */ elementwise(
  'vonMisesQuantile',
  (p, loc, kappa) => quantile(p, loc, kappa),
  [
    (dy, p, loc, kappa) =>
      mul(dy, exp(neg(logVonMisesDensity(sub(vonMisesQuantile(p!, loc!, kappa!), loc!), kappa!)))),
    (dy, p, loc, kappa) => {
      const logDensity = logVonMisesDensity(sub(vonMisesQuantile(p!, loc!, kappa!), loc!), kappa!)
      const atCut = logVonMisesDensity(sub(-Math.PI, loc!), kappa!)
      return mul(dy, sub(1, exp(sub(atCut, logDensity))))
    },
    (dy, p, loc, kappa) => {
      const angle = sub(vonMisesQuantile(p!, loc!, kappa!), loc!)
      const slope = sub(cdfSlope(angle, kappa!), cdfSlope(sub(-Math.PI, loc!), kappa!))
      return mul(dy, neg(mul(slope, exp(neg(logVonMisesDensity(angle, kappa!))))))
    },
  ],
) as Ternary

function quantile(p: number, loc: number, kappa: number): number {
  if (!(p >= 0 && p <= 1 && kappa >= 0)) return NaN
  if (p === 0 || p === 1) return p === 0 ? -Math.PI : Math.PI
  const total = p + cdfOf(-Math.PI - loc, kappa)
  const turns = Math.floor(total)
  const within = total - turns
  const angle = within > 0.5 ? angleOf(1 - within, kappa) : -angleOf(within, kappa)
  return Math.min(Math.max(loc + angle + 2 * Math.PI * turns, -Math.PI), Math.PI)
}

/** The angle from 0 to π beyond which the probability is q ≤ ½: Newton's method for a convex function, from below. */
function angleOf(q: number, kappa: number): number {
  let x = 0
  for (let i = 0; i < 100; i++) {
    const step = vonMisesTail(x, kappa).value - q / density(x, kappa)
    x = Math.min(x + Math.max(step, 0), Math.PI)
    if (!(step > 1e-15 * x)) break
  }
  return x
}
