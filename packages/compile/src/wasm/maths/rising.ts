import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'
import { horner } from './horner.ts'

/** From here on the asymptotic series of log Γ and its derivatives are exact. */
export const LARGE = 8

/**
 * x·(x + 1) ⋯ (x + 7) = Γ(x + 8)/Γ(x) is u·(u + 6)·(u + 10)·(u + 12) in u = x·(x + 7): without u, and its derivative.
 */
const SHIFTS = [0, 6, 10, 12]
const RISING = [720, 252, 28, 1]
const DERIVATIVE = [720, 504, 84, 4]

/** The large number that stands for x: itself, or x + 8 for a small one. */
export interface Raised {
  readonly x: Value
  readonly isSmall: Value
  /** x if it is small, else 1. */
  readonly small: Value
  readonly large: Value
  /** How much larger: 8 or 0. */
  readonly by: Value
}

export function raise(l: Lanes, x: Value): Raised {
  const isSmall = l.lt(x, l.constant(LARGE))
  const by = l.select(isSmall, l.constant(LARGE), l.constant(0))
  return { x, isSmall, small: l.select(isSmall, x, l.constant(1)), large: l.add(x, by), by }
}

/** x·(x + 7). */
function middle(l: Lanes, x: Value): Value {
  return l.mul(x, l.add(x, l.constant(7)))
}

/** Γ(x + 8)/Γ(x). */
export function rising(l: Lanes, x: Value): Value {
  const u = middle(l, x)
  return l.mul(u, horner(l, RISING, u))
}

/** Γ(x + 8)/Γ(x)·r⁸, without overflow where x·r is not large. */
export function scaledRising(l: Lanes, x: Value, r: Value): Value {
  const u = l.mul(l.mul(x, r), l.mul(l.add(x, l.constant(7)), r))
  const t = l.mul(r, r)
  const [low, middle, high] = RISING.map((c) => l.constant(c)) as [Value, Value, Value, Value]
  const outer = l.add(l.mul(l.add(u, l.mul(high, t)), u), l.mul(middle, l.mul(t, t)))
  return l.mul(u, l.add(l.mul(outer, u), l.mul(low, l.mul(t, l.mul(t, t)))))
}

/** 1/x + 1/(x + 1) + … + 1/(x + 7). */
export function reciprocals(l: Lanes, x: Value): Value {
  const u = middle(l, x)
  const slope = l.add(l.add(x, x), l.constant(7))
  return l.div(l.mul(slope, horner(l, DERIVATIVE, u)), l.mul(u, horner(l, RISING, u)))
}

/** 1/x² + 1/(x + 1)² + … + 1/(x + 7)²: of each two that have the product v in the middle, (2x + 7)²/v² − 2/v. */
export function reciprocalSquares(l: Lanes, x: Value): Value {
  const u = middle(l, x)
  const slope = l.add(l.add(x, x), l.constant(7))
  const square = l.mul(slope, slope)
  const terms = SHIFTS.map((shift) => {
    const v = l.add(u, l.constant(shift))
    return l.div(l.sub(square, l.add(v, v)), l.mul(v, v))
  })
  return terms.reduceRight((sum, term) => l.add(sum, term))
}

/** B₂, B₄, … B₂₂. */
const BERNOULLI = [
  1 / 6,
  -1 / 30,
  1 / 42,
  -1 / 30,
  5 / 66,
  -691 / 2730,
  7 / 6,
  -3617 / 510,
  43867 / 798,
  -174611 / 330,
  854513 / 138,
]

/** B₂ₖ/c(k) for k = 1, 2, …. */
export function bernoulli(c: (k: number) => number, count = 9): readonly number[] {
  return BERNOULLI.slice(0, count).map((b, i) => b / c(i + 1))
}

/** log Γ(x) − ((x − ½)·log x − x + ½·log 2π) for x ≥ 8, of 1/x (DLMF 5.11.1). */
export function stirling(l: Lanes, reciprocal: Value): Value {
  const t = l.mul(reciprocal, reciprocal)
  return l.mul(
    reciprocal,
    horner(
      l,
      bernoulli((k) => 2 * k * (2 * k - 1)),
      t,
    ),
  )
}
