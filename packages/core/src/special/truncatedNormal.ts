import { HALF_LOG_TWO_PI } from './constants.ts'
import { NODES, WEIGHTS } from './gaussLegendre.ts'
import { logAddExp } from './logAddExp.ts'
import { logNdtr } from './logNdtr.ts'
import { ndtri } from './ndtri.ts'

/**
 * The standard normal distribution on [a, a + w], where a is the end nearest to 0, or w is infinite (1e18 is far
 * enough). Numbers are told by the excess e = z − m over a point m: the end a in a tail or a narrow interval, else 0.
 */
export interface TruncatedMoments {
  /** log(Φ(a + w) − Φ(a)) + m²/2, without the large part of a tail. */
  logMass: number
  /** The mean of e. */
  mean: number
  variance: number
  /** The third central moment. */
  third: number
}

/** Exponents beyond this are below the rounding of the integral. */
const LARGEST_EXPONENT = 40

/** The point that the excess counts from. */
export function truncatedOrigin(a: number): number {
  return a > -1 ? a : 0
}

/** By Gauss–Legendre quadrature from where the density is greatest, so that nothing cancels however narrow w is. */
export function truncatedMoments(a: number, w: number): TruncatedMoments {
  const m = truncatedOrigin(a)
  const reach = 2 * LARGEST_EXPONENT
  const end = Math.min(a - m + w, reach / (m + Math.sqrt(m * m + reach)))
  const start = m === a ? 0 : Math.max(a, -Math.sqrt(reach))
  const pieces = start < 0 ? [start, 0, end] : [0, end]
  const total = (f: (e: number) => number): number => {
    let sum = 0
    for (let k = 1; k < pieces.length; k++) {
      const from = pieces[k - 1]!
      const width = pieces[k]! - from
      let part = 0
      for (let i = 0; i < NODES.length; i++) {
        const e = from + width * NODES[i]!
        part += WEIGHTS[i]! * Math.exp(-0.5 * e * (e + 2 * m)) * f(e)
      }
      sum += width * part
    }
    return sum
  }
  const mass = total(() => 1)
  const mean = total((e) => e) / mass
  const variance = total((e) => (e - mean) ** 2) / mass
  const third = total((e) => (e - mean) ** 3) / mass
  return { logMass: Math.log(mass) - HALF_LOG_TWO_PI, mean, variance, third }
}

/** log(Φ(high) − Φ(low)) + m²/2, and m: of any interval, given by its lower end and its width. */
function logMassFrom(low: number, width: number): readonly [logMass: number, m: number] {
  const a = low + width < -low ? -(low + width) : low
  return [truncatedMoments(a, width).logMass, truncatedOrigin(a)]
}

/** The probability of an excess up to e, which is `above` it for the other tail. */
export function truncatedCdf(e: number, a: number, w: number, above: boolean): number {
  const m = truncatedOrigin(a)
  const below = e + m - a
  if (below <= 0 || below >= w) return below <= 0 === above ? 1 : 0
  const [part, n] = above ? logMassFrom(m + e, w - below) : logMassFrom(a, below)
  return Math.exp(part - truncatedMoments(a, w).logMass + 0.5 * (m - n) * (m + n))
}

/** The excess with probability p below it and q = 1 − p above; NaN unless both are in [0, 1]. */
export function truncatedQuantile(p: number, q: number, a: number, w: number): number {
  if (!(p >= 0 && q >= 0)) return NaN
  const m = truncatedOrigin(a)
  const b = a + w
  if (w * Math.max(1, Math.abs(b)) < 1e-8) return p * w
  const lower = logAddExp(Math.log(p) + logNdtr(b), Math.log(q) + logNdtr(a))
  const upper = logAddExp(Math.log(p) + logNdtr(-b), Math.log(q) + logNdtr(-a))
  const z = lower < upper ? logNdtrInverse(lower) : -logNdtrInverse(upper)
  return Math.min(Math.max(z - m, a - m), b - m)
}

/** z ≤ 0.7 with log Φ(z) = y. */
function logNdtrInverse(y: number): number {
  if (y > -700) return ndtri(Math.exp(y))
  let z = -Math.sqrt(-2 * y)
  // φ/Φ is −z − 1/z in the tail, up to its third power.
  for (let i = 0; i < 5; i++) z += (logNdtr(z) - y) / (z + 1 / z)
  return z
}
