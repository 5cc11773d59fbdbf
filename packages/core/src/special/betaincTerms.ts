import { deviance } from './deviance.ts'
import { exp } from './exp.ts'
import { NODES, WEIGHTS } from './gaussLegendre.ts'

/** I_x(a, b)·B(a, b)/(xᵃ·yᵇ) for x ≤ a/(a + b), y = 1 − x. */
export function betaScaledTail(a: number, b: number, x: number, y: number): number {
  if (seriesIsShort(a, b, x)) return series(a, b, x) / a
  if (quadratureIsShorter(a, b)) return quadrature(a, b, x, y)
  return fraction(a, b, x) / a
}

/** Whether the terms of the power series soon fall below half of their predecessors. */
export function seriesIsShort(a: number, b: number, x: number): boolean {
  if (x > 0.7) return false
  return x * (a + b) <= 0.7 * (a + 1) || (a < 20 && x < 0.3)
}

/** The continued fraction needs some √max(a, b) steps near the mean. */
export function quadratureIsShorter(a: number, b: number): boolean {
  return a >= 20 && b >= 20 && a + b > 400
}

/** ₂F₁(1, a + b; a + 1; x), DLMF 8.17.8: positive terms only. */
function series(a: number, b: number, x: number): number {
  const sum = a + b
  let term = 1
  let total = 1
  for (let n = 1; term > 1e-17 * total; n++) {
    term *= (x * (sum + n - 1)) / (a + n)
    total += term
  }
  return total
}

/** The same function as the continued fraction of DLMF 8.17.22, evaluated forwards. */
function fraction(a: number, b: number, x: number): number {
  const sum = a + b
  let p = 1
  let q = 1
  let oldP = 0
  let oldQ = 1
  let value = 1
  for (let m = 0; m < 100000; m++) {
    const twice = a + 2 * m
    const odd = m === 0 ? (-sum * x) / (a + 1) : (-(a + m) * (sum + m) * x) / (twice * (twice + 1))
    oldP = p + odd * oldP
    oldQ = q + odd * oldQ
    const even = ((m + 1) * (b - m - 1) * x) / ((twice + 1) * (twice + 2))
    p = oldP + even * p
    q = oldQ + even * q
    const scale = 1 / q
    p *= scale
    q = 1
    oldP *= scale
    oldQ *= scale
    if (Math.abs(p - value) <= 1e-16 * p) return p
    value = p
  }
  return value
}

/**
 * ∫ t^(a−1)·(1 − t)^(b−1) dt over t = x·(1 − v), 0 ≤ v ≤ end, divided by xᵃ·yᵇ. The exponent is written by its
 * slope at x and by deviances, so that nothing large cancels.
 */
function quadrature(a: number, b: number, x: number, y: number): number {
  const odds = x / y
  const slope = (a * y - b * x) / y
  const end = quadratureEnd(a, b, odds, slope)
  let sum = 0
  for (let i = 0; i < NODES.length; i++) {
    const v = end * NODES[i]!
    const w = v * odds
    sum += (WEIGHTS[i]! * exp(-slope * v - a * deviance(-v) - b * deviance(w))) / ((1 - v) * (1 + w))
  }
  return (sum * end) / y
}

/** Where the integrand has fallen below e⁻³⁸ of its value at x: Newton's method on the convex exponent. */
export function quadratureEnd(a: number, b: number, odds: number, slope: number): number {
  const curvature = a + b * odds * odds
  let v = 76 / (slope + Math.sqrt(slope * slope + 76 * curvature))
  for (let i = 0; i < 4; i++) {
    if (v >= 1) return 1
    const w = v * odds
    const excess = slope * v + a * deviance(-v) + b * deviance(w) - 38
    v -= excess / (slope + (a * v) / (1 - v) + (b * odds * w) / (1 + w))
  }
  return v < 1 ? v : 1
}
