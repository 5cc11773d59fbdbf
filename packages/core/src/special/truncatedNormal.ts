import { HALF_LOG_TWO_PI } from './constants.ts'
import { NODES, WEIGHTS } from './gaussLegendre.ts'
import { logAddExp } from './logAddExp.ts'
import { logNdtr } from './logNdtr.ts'
import { ndtri } from './ndtri.ts'

// The standard normal distribution on [a, a + w], where a is the end nearest to 0, or w is infinite (2e18 is far
// enough). A point z is told by its excess v = z − m over an origin m.

/** Which origin: the middle of a narrow interval, 0 inside a wide one, the near end of one in a tail. */
export type TruncatedForm = 'narrow' | 'wide' | 'tail'

export function truncatedForm(a: number, w: number): TruncatedForm {
  if (w * Math.max(1, a + w) <= 2) return 'narrow'
  return a > 0 ? 'tail' : 'wide'
}

export function truncatedOrigin(a: number, w: number): number {
  const form = truncatedForm(a, w)
  return form === 'narrow' ? a + 0.5 * w : form === 'wide' ? 0 : a
}

/** exp(−40) is below the rounding of the integral. */
const REACH = 80

/** Points and weights in proportion to the density exp(−v(v + 2m)/2) dv, and their sum. */
function quadrature(a: number, w: number): { points: Float64Array; weights: Float64Array; mass: number } {
  const form = truncatedForm(a, w)
  const m = truncatedOrigin(a, w)
  const right = Math.min(form === 'narrow' ? 0.5 * w : a - m + w, REACH / (m + Math.sqrt(m * m + REACH)))
  const left = form === 'narrow' ? 0.5 * w : form === 'wide' ? Math.min(-a, Math.sqrt(REACH)) : 0
  const n = NODES.length
  const points = new Float64Array(2 * n)
  const weights = new Float64Array(2 * n)
  // The sides are mirror images, so that what is symmetric has mean 0 exactly.
  let mass = 0
  for (let i = 0; i < n; i++) {
    points[2 * i] = right * NODES[i]!
    points[2 * i + 1] = -left * NODES[i]!
    weights[2 * i] = right * WEIGHTS[i]!
    weights[2 * i + 1] = left * WEIGHTS[i]!
  }
  for (let i = 0; i < 2 * n; i++) {
    const v = points[i]!
    mass += weights[i]! *= Math.exp(-0.5 * v * (v + 2 * m))
  }
  return { points, weights, mass }
}

/** The mean of f(v). */
type Expectation = (f: (v: number) => number) => number

function expectation(a: number, w: number): Expectation {
  const { points, weights, mass } = quadrature(a, w)
  return (f) => {
    let sum = 0
    for (let i = 0; i < points.length; i += 2) {
      sum += weights[i]! * f(points[i]!) + weights[i + 1]! * f(points[i + 1]!)
    }
    return sum / mass
  }
}

/** log(Φ(a + w) − Φ(a)) + m²/2, minus log w in the narrow form. */
export function truncatedLogMass(a: number, w: number): number {
  const { mass } = quadrature(a, w)
  return Math.log(truncatedForm(a, w) === 'narrow' ? mass / w : mass) - HALF_LOG_TWO_PI
}

/** The mean of v. */
export function truncatedMean(a: number, w: number): number {
  return expectation(a, w)((v) => v)
}

/** The central moment of second or third order. */
export function truncatedMoment(order: number, a: number, w: number): number {
  const mean = expectation(a, w)
  const center = mean((v) => v)
  return mean((v) => (v - center) ** order)
}

/**
 * Derivatives in w of the narrow form, at fixed v/w: those of the log mass, of the mean, and the second one of the log
 * mass. u is the derivative of the log density.
 */
export function narrowSlopes(a: number, w: number): { mass: number; mean: number; curvature: number } {
  if (truncatedForm(a, w) !== 'narrow') return { mass: 0, mean: 0, curvature: 0 }
  const m = truncatedOrigin(a, w)
  const mean = expectation(a, w)
  const u = (v: number): number => -(m + v) * (v / w) - 0.5 * v
  const center = mean((v) => v)
  const mass = mean(u)
  return {
    mass,
    mean: center / w + mean((v) => (v - center) * u(v)),
    curvature: mean((v) => (u(v) - mass) ** 2 - (v / w) * (v / w + 1)),
  }
}

/** log(Φ(high) − Φ(low)) + n²/2, and n, for any interval: its width is told apart, for the ends may be near or far. */
function logMassBetween(low: number, high: number, width: number): readonly [logMass: number, n: number] {
  const a = high < -low ? -high : low
  const scale = truncatedForm(a, width) === 'narrow' ? Math.log(width) : 0
  return [truncatedLogMass(a, width) + scale, truncatedOrigin(a, width)]
}

/** The probability of an excess up to v, or of one from v on. */
export function truncatedCdf(v: number, a: number, w: number, isAbove: boolean): number {
  const m = truncatedOrigin(a, w)
  const below = v + m - a
  if (below <= 0 || below >= w) return below <= 0 === isAbove ? 1 : 0
  const [whole] = logMassBetween(a, a + w, w)
  const z = m + v
  const [part, n] = isAbove ? logMassBetween(z, a + w, w - below) : logMassBetween(a, z, below)
  return Math.exp(part - whole + 0.5 * (m - n) * (m + n))
}

/** The excess with probability p below it and q = 1 − p above; NaN unless both are in [0, 1]. */
export function truncatedQuantile(p: number, q: number, a: number, w: number): number {
  if (!(p >= 0 && q >= 0)) return NaN
  const m = truncatedOrigin(a, w)
  const b = a + w
  if (w * Math.max(1, Math.abs(b)) < 1e-8) return (p - 0.5) * w
  const lower = logAddExp(Math.log(p) + logNdtr(b), Math.log(q) + logNdtr(a))
  const upper = logAddExp(Math.log(p) + logNdtr(-b), Math.log(q) + logNdtr(-a))
  const z = lower < upper ? logNdtrInverse(lower) : -logNdtrInverse(upper)
  return Math.min(Math.max(z - m, a - m), b - m)
}

/** z ≤ 0 with log Φ(z) = y. */
function logNdtrInverse(y: number): number {
  if (y > -700) return ndtri(Math.exp(y))
  let z = -Math.sqrt(-2 * y)
  // φ/Φ is −z − 1/z in the tail, up to its third power.
  for (let i = 0; i < 5; i++) z += (logNdtr(z) - y) / (z + 1 / z)
  return z
}
