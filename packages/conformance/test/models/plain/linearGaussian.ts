import { logNormal } from './densities.ts'
import { constantOf, slopesOf, type Form } from './form.ts'

/** A number that was seen: x = form + scale · ε, with an ε of its own. */
export interface Seen {
  readonly x: number
  readonly form: Form
  readonly scale: number
}

/** What is known of ε ~ N(0, I) after what was seen. */
export interface Conditional {
  /** log ∫ N(ε; 0, I) ∏ N(x; form, scale²) ∏ exp(linear) dε, in nats. */
  readonly logIntegral: number
  /** The mean and variance of a form. */
  momentsOf(form: Form): { readonly mean: number; readonly variance: number }
}

/**
 * Regression of what was seen on ε by normal equations: ε has precision Λ = I + ∑ a aᵀ / scale² and mean Λ⁻¹ η.
 *
 * @param linear forms whose exponentials are factors.
 * @see Bishop, Pattern Recognition and Machine Learning (2006), equations 3.50–3.51.
 */
export function linearGaussian(size: number, seen: readonly Seen[], linear: readonly Form[]): Conditional {
  const precision = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (__, j) => Number(i === j)),
  )
  const eta = Array.from({ length: size }, () => 0)
  let log = 0
  for (const { x, form, scale } of seen) {
    const a = slopesOf(form).map((slope) => slope / scale)
    const target = (x - constantOf(form)) / scale
    for (const [i, ai] of a.entries()) {
      eta[i]! += ai * target
      for (const [j, aj] of a.entries()) precision[i]![j]! += ai * aj
    }
    log += logNormal(x, constantOf(form), scale)
  }
  for (const form of linear) {
    log += constantOf(form)
    for (const [i, slope] of slopesOf(form).entries()) eta[i]! += slope
  }
  const { inverse, logDeterminant } = inverted(precision)
  const mean = inverse.map((row) => dot(row, eta))
  return {
    logIntegral: log - logDeterminant / 2 + dot(eta, mean) / 2,
    momentsOf: (form) => {
      const a = slopesOf(form)
      const spread = inverse.map((row) => dot(row, a))
      return { mean: constantOf(form) + dot(a, mean), variance: dot(a, spread) }
    },
  }
}

/** Of a positive definite matrix, by Gauss–Jordan elimination. */
function inverted(matrix: readonly (readonly number[])[]) {
  const size = matrix.length
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => Number(i === j))])
  let logDeterminant = 0
  for (const [i, own] of rows.entries()) {
    const pivot = own[i]!
    logDeterminant += Math.log(pivot)
    for (let j = 0; j < 2 * size; j++) own[j]! /= pivot
    for (const [k, other] of rows.entries()) {
      const share = other[i]!
      if (k === i || share === 0) continue
      for (let j = 0; j < 2 * size; j++) other[j]! -= share * own[j]!
    }
  }
  return { inverse: rows.map((row) => row.slice(size)), logDeterminant }
}

/** Of the numbers that both have. */
function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0
  for (let i = 0; i < Math.min(a.length, b.length); i++) sum += a[i]! * b[i]!
  return sum
}
