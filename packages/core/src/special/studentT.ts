import { betaincOf } from './betainc.ts'
import { betaincInverse } from './betaincInverse.ts'
import { betaincJet } from './betaincJet.ts'
import { digammaDifference } from './digammaDifference.ts'
import { betaPrefactor } from './logBetaDensity.ts'
import { ndtri } from './ndtri.ts'

/**
 * P(T ≤ z) of Student's t distribution with ν degrees of freedom: ½·I_x(ν/2, ½) with x = ν/(ν + z²) for z ≤ 0
 * (DLMF 8.17.1; Johnson, Kotz and Balakrishnan 2, 1995, eq. 28.4a).
 */
export function studentTCdf(z: number, df: number): number {
  if (!(z <= 0)) return z > 0 ? 1 - studentTCdf(-z, df) : NaN
  if (z === -Infinity) return df > 0 ? 0 : NaN
  const sum = df + z * z
  const x = df / sum
  const y = (z / sum) * z
  if (!(df > 0) || y === 0) return df > 0 ? 0.5 : NaN
  return 0.5 * betaincOf(0.5 * df, 0.5, x, y)
}

/** Beyond it ∂P/∂ν is its first term, φ(z)·(z + z³)/(4ν²) (Johnson, Kotz and Balakrishnan 2, 1995, ch. 28.4). */
const NEARLY_NORMAL = 1e8

/** ∂P/∂ν, or ∂²P/∂ν² of order 2. */
export function studentTCdfDf(z: number, df: number, order: 1 | 2 = 1): number {
  if (!(z <= 0)) return z > 0 ? -studentTCdfDf(-z, df, order) : NaN
  if (z === -Infinity) return 0
  if (df > NEARLY_NORMAL) {
    const first = (Math.exp(-0.5 * z * z) * 0.25 * (z + z * z * z)) / Math.sqrt(2 * Math.PI) / df / df
    return order === 1 ? first : (-2 * first) / df
  }
  const sum = df + z * z
  const x = df / sum
  const y = (z / sum) * z
  if (y === 0) return 0
  const { a, aa } = betaincJet(0.5 * df, 0.5, x, y)
  // How x moves I_x(ν/2, ½), and the derivative of that in ν: x moves with x·y/ν.
  const moved = Math.exp(betaPrefactor(x, y, 0.5 * df, 0.5)) / df
  if (order === 1) return 0.5 * (0.5 * a + moved)
  const logSlope = (x < 0.5 ? Math.log(x) : Math.log1p(-y)) + digammaDifference(0.5 * df, 0.5)
  return 0.5 * (0.25 * aa + moved * (logSlope + 0.5 * y - (0.5 * x + 1) / df))
}

/** Beyond it the first term z³/(4ν) of what sets quantiles off from those of the normal distribution is lost. */
const NORMAL = 1e16

/** The z with P(T ≤ z) = p. */
export function studentTQuantile(p: number, df: number): number {
  if (!(p <= 0.5)) return p > 0.5 ? -studentTQuantile(1 - p, df) : NaN
  if (p === 0) return -Infinity
  if (df > NORMAL) return ndtri(p)
  if (p > 0.25) {
    const y = betaincInverse(0.5, 0.5 * df, 1 - 2 * p)
    return -Math.sqrt((df * y) / (1 - y))
  }
  const x = betaincInverse(0.5 * df, 0.5, 2 * p)
  let z = -Math.sqrt((df / x) * (1 - x))
  if (x < 0.9999) return z
  // 1 − x has lost digits: Newton's method for log P.
  for (let i = 0; i < 3; i++) {
    const cdf = studentTCdf(z, df)
    const sum = df + z * z
    const density = Math.exp(betaPrefactor(df / sum, (z / sum) * z, 0.5 * df, 0.5)) / -z
    z -= (Math.log(cdf / p) * cdf) / density
  }
  return z
}
