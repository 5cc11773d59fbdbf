import {
  studentTCdf as cdfOf,
  studentTCdfDf,
  studentTQuantile as quantileOf,
} from '../../special/studentT.ts'
import { digammaDifference } from '../../special/digammaDifference.ts'
import { lbeta } from '../../special/lbeta.ts'
import { trigammaDifference } from '../../special/trigammaDifference.ts'
import { mul, neg, sub } from '../arithmetic.ts'
import { elementwise } from '../elementwise.ts'
import { exp } from '../exponential.ts'
import type { Binary, Real } from '../real.ts'
import { noDerivative } from './noDerivative.ts'

const noThird = /* @__PURE__ */ noDerivative('studentT: the third derivative of the log density')
const noThirdOfCdf = /* @__PURE__ */ noDerivative(
  'studentT: the third derivative of the cdf, or of a draw, in df',
)

/**
 * The log density of Student's t distribution, −log B(½, ν/2) − ½·log ν − ½(ν + 1)·log(1 + z²/ν), rounded once:
 * its derivatives in ν are small differences of large terms.
 */
export const studentTLogDensity: Binary = /* @__PURE__ */ elementwise(
  'studentTLogDensity',
  (z, df) => logDensityOf(z, df),
  [(dy, z, df) => mul(dy, neg(slope(z!, df!))), (dy, z, df) => mul(dy, dfSlope(z!, df!))],
) as Binary

/** −∂/∂z: (ν + 1)·z/(ν + z²). */
const slope: Binary = /* @__PURE__ */ elementwise('studentTSlope', (z, df) => ((df + 1) / (df + z * z)) * z, [
  (dy, z, df) => mul(dy, curvature(z!, df!)),
  (dy, z, df) => mul(dy, mixed(z!, df!)),
]) as Binary

const curvature: Binary = /* @__PURE__ */ elementwise(
  'studentTCurvature',
  (z, df) => ((df + 1) / (df + z * z)) * ((df - z * z) / (df + z * z)),
  [noThird, noThird],
) as Binary

/** ∂slope/∂ν = z·(z² − 1)/(ν + z²)². */
const mixed: Binary = /* @__PURE__ */ elementwise(
  'studentTMixed',
  (z, df) => (z / (df + z * z)) * ((z * z - 1) / (df + z * z)),
  [noThird, noThird],
) as Binary

/** ∂/∂ν. */
const dfSlope: Binary = /* @__PURE__ */ elementwise('studentTDfSlope', (z, df) => dfSlopeOf(z, df), [
  (dy, z, df) => mul(dy, neg(mixed(z!, df!))),
  (dy, z, df) => mul(dy, dfCurvature(z!, df!)),
]) as Binary

const dfCurvature: Binary = /* @__PURE__ */ elementwise(
  'studentTDfCurvature',
  (z, df) => {
    const s = z * z
    const t = df * (df + s)
    const ofNormalizer = 0.5 * trigammaDifference(0.5 * df, 0.5) + 1 / (df * df)
    return 0.5 * (ofNormalizer + (s / t) * ((df * s - 2 * df - s) / t))
  },
  [noThird, noThird],
) as Binary

/** The cdf of Student's t distribution, exact in the left tail. */
export const studentTCdf: Binary = /* @__PURE__ */ elementwise('studentTCdf', (z, df) => cdfOf(z, df), [
  (dy, z, df) => mul(dy, exp(studentTLogDensity(z!, df!))),
  (dy, z, df) => mul(dy, cdfDfSlope(z!, df!)),
]) as Binary

const cdfDfSlope: Binary = /* @__PURE__ */ elementwise(
  'studentTCdfDfSlope',
  (z, df) => studentTCdfDf(z, df),
  [
    (dy, z, df) => mul(dy, mul(exp(studentTLogDensity(z!, df!)), dfSlope(z!, df!))),
    (dy, z, df) => mul(dy, cdfDfCurvature(z!, df!)),
  ],
) as Binary

const cdfDfCurvature: Binary = /* @__PURE__ */ elementwise(
  'studentTCdfDfCurvature',
  (z, df) => studentTCdfDf(z, df, 2),
  [noThirdOfCdf, noThirdOfCdf],
) as Binary

/** The quantile function of Student's t distribution: `studentTQuantile(p, df)`. */
export const studentTQuantile: Binary = /* @__PURE__ */ elementwise(
  'studentTQuantile',
  (p, df) => quantileOf(p, df),
  [
    (dy, p, df) => mul(dy, inverseDensity(p!, df!)),
    (dy, p, df) => mul(dy, studentTSampleDerivative(studentTQuantile(p!, df!), df!)),
  ],
) as Binary

function inverseDensity(p: Real, df: Real): Real {
  return exp(neg(studentTLogDensity(studentTQuantile(p, df), df)))
}

/** −(∂P/∂ν)/p(z): how a draw z moves with ν at a fixed key. */
export const studentTSampleDerivative: Binary = /* @__PURE__ */ elementwise(
  'studentTSampleDerivative',
  (z, df) => sampleSlopeOf(z, df),
  [
    (dy, z, df) => mul(dy, sub(mul(studentTSampleDerivative(z!, df!), slope(z!, df!)), dfSlope(z!, df!))),
    (dy, z, df) => mul(dy, sampleCurvature(z!, df!)),
  ],
) as Binary

/** Its derivative in ν at fixed z. */
const sampleCurvature: Binary = /* @__PURE__ */ elementwise(
  'studentTSampleDerivativeDf',
  (z, df) => sampleSlopeOf(z, df, 2) - sampleSlopeOf(z, df) * dfSlopeOf(z, df),
  [noThirdOfCdf, noThirdOfCdf],
) as Binary

function sampleSlopeOf(z: number, df: number, order?: 2): number {
  return -studentTCdfDf(z, df, order) * Math.exp(-logDensityOf(z, df))
}

function logDensityOf(z: number, df: number): number {
  return -lbeta(0.5, 0.5 * df) - 0.5 * (Math.log(df) + (df + 1) * Math.log1p((z / df) * z))
}

function dfSlopeOf(z: number, df: number): number {
  const u = (z / df) * z
  const ofNormalizer = digammaDifference(0.5 * df, 0.5) - 1 / df
  return 0.5 * (ofNormalizer - Math.log1p(u) + ((1 + 1 / df) * u) / (1 + u))
}
