import { digamma } from './digamma.ts'
import { lgamma } from './lgamma.ts'
import { hurwitzZeta } from './hurwitzZeta.ts'
import { trigamma } from './trigamma.ts'

/**
 * The derivative of order n of ψ(x), n = 0, 1, 2, …: (−1)ⁿ⁺¹·n!·ζ(n + 1, x) (DLMF 5.15.1). For x < 0 the
 * terms of Hurwitz's ζ on both sides of the pole are summed apart. NaN where n is no whole number ≥ 0.
 *
 * Relative error below 2e-13 (measured, n up to 60).
 *
 * @example
 * ```ts
 * import { special } from '@variate/core'
 *
 * special.polygamma(1, 1) // => 1.6449340668
 * special.polygamma(2, 1) // => -2.4041138063
 * ```
 */
export function polygamma(n: number, x: number): number {
  if (n === 0) return digamma(x)
  if (n === 1) return trigamma(x)
  if (!(n >= 0) || n !== Math.floor(n) || Number.isNaN(x) || x === -Infinity) return NaN
  const sign = n % 2 === 0 ? -1 : 1
  if (x <= 0 && x === Math.floor(x)) return sign * Infinity
  if (x === Infinity) return 0
  const zeta = x > 0 ? scaledZeta(n, x) : zetaOfNegative(n, x)
  return sign * zeta
}

/** n!·ζ(n + 1, x) without overflow of n!. */
function scaledZeta(n: number, x: number): number {
  if (n <= 20) {
    let factorial = 1
    for (let k = 2; k <= n; k++) factorial *= k
    const zeta = hurwitzZeta(n + 1, x)
    if (zeta > 0 && zeta < Infinity) return factorial * zeta
  }
  const scaled = hurwitzZeta(n + 1, x, true)
  return Math.exp(lgamma(n + 1) - (n + 1) * Math.log(x) + Math.log(scaled))
}

function zetaOfNegative(n: number, x: number): number {
  const last = Math.ceil(-x) - 1
  const below = -x - last
  const above = x + last + 1
  const parity = n % 2 === 0 ? -1 : 1
  const left = scaledZeta(n, below) - scaledZeta(n, 1 - x)
  return scaledZeta(n, above) + parity * left
}
