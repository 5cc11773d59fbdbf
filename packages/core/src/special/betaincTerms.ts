import { deviance } from './deviance.ts'
import { exp } from './exp.ts'
import { NODES, WEIGHTS } from './gaussLegendre.ts'
import { lgammaOnePlus } from './lgamma.ts'
import { lgammaDifference } from './lgammaDifference.ts'

/** I_x(a, b)·B(a, b)/(xᵃ·yᵇ) for x ≤ a/(a + b), y = 1 − x. */
export function betaScaledTail(a: number, b: number, x: number, y: number): number {
  if (seriesIsShort(a, b, x)) return series(a, b, x) / a
  if (quadratureIsShorter(a, b)) return quadrature(a, b, x, y)
  return fraction(a, b, x, y) / a
}

/**
 * 1 − I_x(a, b) for a < ½ and x ≤ 0.7·min(1, 1/b), which may be small although x ≤ a/(a + b): the difference
 * of xᵃ/(a·B(a, b)) from 1 is taken apart from the power series in x.
 */
export function betaComplementOfSmallShape(a: number, b: number, x: number): number {
  const logPower = a * Math.log(x) + lgammaDifference(b, a) - lgammaOnePlus(a)
  let term = 1
  let sum = 0
  for (let n = 1; n < 200; n++) {
    term *= (x * (n - b)) / n
    const part = term / (a + n)
    sum += part
    if (Math.abs(part) <= 1e-17 * Math.abs(sum)) break
  }
  return -Math.expm1(logPower) - exp(logPower) * a * sum
}

/** Whether the terms of the power series soon fall below half of their predecessors. */
export function seriesIsShort(a: number, b: number, x: number): boolean {
  if (x > 0.7) return false
  return x * (a + b) <= 0.7 * (a + 1) || (a < 20 && x < 0.3)
}

/** The continued fraction needs some √max(a, b) steps near the mean. */
export function quadratureIsShorter(a: number, b: number): boolean {
  return a >= 20 && b >= 20 && a + b > 2000
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

/**
 * The same function as the odd part of the continued fraction of DLMF 8.17.22, the form of DiDonato & Morris
 * 1992 (BFRAC): with λ = a·y − b·x ≥ 0 its terms do not cancel, however large the result is.
 */
function fraction(a: number, b: number, x: number, y: number): number {
  const lambda = 1 + a * y - b * x
  const sum = a + b
  let oldP = 0
  let oldQ = 1
  let p = 1
  let q = lambda / (a + 1)
  let value = p / q
  for (let n = 1; n < 100000; n++) {
    const r = 1 / (a + 2 * n - 1)
    const t = n * (b - n) * x * r
    const product = n === 1 ? sum : (a + n - 1) * (sum + n - 1)
    const alpha = product * t * x * r
    const beta = n + t + ((a + n) / (a + 2 * n + 1)) * (lambda + n * (1 + y))
    const nextP = beta * p + alpha * oldP
    const nextQ = beta * q + alpha * oldQ
    const scale = 1 / nextQ
    oldP = p * scale
    oldQ = q * scale
    p = nextP * scale
    q = 1
    if (!(Math.abs(p - value) > 1e-16 * p)) return p
    value = p
  }
  return value
}

/**
 * ∫ t^(a−1)·(1 − t)^(b−1) dt over t = x·(1 − v), 0 ≤ v ≤ end, divided by xᵃ·yᵇ. The exponent is written by
 * its slope at x and by deviances, so that nothing large cancels.
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
