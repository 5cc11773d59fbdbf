import { HALF_LOG_TWO_PI, LOG_PI } from './constants.ts'
import { horner } from './horner.ts'
import { stirlingCorrection } from './stirlingCorrection.ts'

/** lgamma(2 + z)/z for |z| ≤ ½, a rational interpolant at Chebyshev nodes. */
export const NUMERATOR: readonly number[] = [
  0.42278433509846713, 0.9480067839157573, 0.7588996281445249, 0.2781842647473993, 0.047852387698090006,
  0.0034112222876615033, 6.592003705737772e-5,
]
export const DENOMINATOR: readonly number[] = [
  1, 1.479571730929801, 0.8258083221207683, 0.2151452871085825, 0.02608891507154596, 0.0012537756387846308,
  1.4166304044202427e-5,
]

/**
 * log |Γ(x)| for real x. +∞ at the poles 0, −1, −2, … and at ±∞.
 *
 * Stirling's series (DLMF 5.11.1) from 10 on, below it the recurrence to [1.5, 2.5] and a rational
 * approximation that keeps the zeros at 1 and 2 exact; the reflection formula (DLMF 5.5.3) for x < 0.
 *
 * Error below 2e-15, absolute where |lgamma| < 1, else relative (measured).
 *
 * @example
 * ```ts
 * import { special } from '@variate/core'
 *
 * special.lgamma(0.5) // => 0.57236494292
 * special.lgamma(101) // => 363.73937556
 * special.lgamma(-1.5) // => 0.86004701538
 * ```
 */
export function lgamma(x: number): number {
  if (x >= 10)
    return x > 1e300
      ? x * (Math.log(x) - 1)
      : (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + stirlingCorrection(x)
  if (x >= 0.5) {
    let y = x
    if (y < 1.5) return nearTwo(y - 1) - Math.log(y)
    let product = 1
    while (y > 2.5) {
      y -= 1
      product *= y
    }
    return nearTwo(y - 2) + Math.log(product)
  }
  if (x > 0) return nearTwo(x) - Math.log(x) - Math.log1p(x)
  if (x < 0) return reflected(x)
  return x === 0 ? Infinity : NaN
}

/** lgamma(1 + x) for |x| ≤ ½, with full relative accuracy at 0. */
export function lgammaOnePlus(x: number): number {
  return nearTwo(x) - Math.log1p(x)
}

function nearTwo(z: number): number {
  return (z * horner(NUMERATOR, z)) / horner(DENOMINATOR, z)
}

function reflected(x: number): number {
  if (x === Math.floor(x)) return Infinity
  if (x > -0.5) return nearTwo(x) - Math.log(-x) - Math.log1p(x)
  const fraction = x - Math.round(x)
  return LOG_PI - Math.log(Math.abs(Math.sin(Math.PI * fraction))) - lgamma(1 - x)
}
