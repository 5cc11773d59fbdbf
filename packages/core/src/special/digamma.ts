import { horner } from './horner.ts'

/** The positive zero of ψ, as the sum of two float64 numbers. */
const ZERO_HIGH = 1.4616321449683622
const ZERO_LOW = 9.549995429965697e-17

/** ψ(zero + d)/d for zero + d in [1, 2], a rational interpolant at Chebyshev nodes. */
const NUMERATOR: readonly number[] = [
  0.9676722454476212, 1.2027283417451118, 0.5358912022143244, 0.1051359987479967, 0.008805673211055366,
  0.0002413862377335405, 4.5021150750547027e-7,
]
const DENOMINATOR: readonly number[] = [
  1, 1.7004636833079163, 1.064713941387261, 0.31097860738164984, 0.04363234950896973, 0.002659010693173359,
  4.97670971231685e-5,
]

/**
 * ψ(x), the derivative of `lgamma`. −∞ at +0 (+∞ at −0), NaN at the other poles −1, −2, … and at −∞.
 *
 * The asymptotic series (DLMF 5.11.2) from 10 on; below it the recurrence to [1, 2], where a factor
 * (x − x₀) keeps the relative accuracy at the zero x₀ = 1.4616…; reflection (DLMF 5.5.4) for x < 0.
 *
 * Error below 1e-15, absolute where |ψ| < 1, else relative (measured).
 *
 * @example
 * ```ts
 * import { special } from '@variate/core'
 *
 * special.digamma(1) // => -0.5772156649
 * special.digamma(0.5) // => -1.963510026
 * ```
 */
export function digamma(x: number): number {
  if (x >= 10) return Math.log(x) - logMinusDigammaSeries(x)
  if (x < 0) {
    const fraction = x - Math.round(x)
    return fraction === 0 || x === -Infinity ? NaN : digamma(1 - x) - Math.PI / Math.tan(Math.PI * fraction)
  }
  if (x === 0) return Object.is(x, -0) ? Infinity : -Infinity
  if (Number.isNaN(x)) return NaN
  if (x < 1) return betweenOneAndTwo(x + 1 - ZERO_HIGH - ZERO_LOW) - 1 / x
  let y = x
  let sum = 0
  while (y > 2) {
    y -= 1
    sum += 1 / y
  }
  return betweenOneAndTwo(y - ZERO_HIGH - ZERO_LOW) + sum
}

function betweenOneAndTwo(d: number): number {
  return (d * horner(NUMERATOR, d)) / horner(DENOMINATOR, d)
}

/** log x − ψ(x) for x ≥ 10: 1/(2x) + Σ B₂ₖ/(2k·x²ᵏ). */
export function logMinusDigammaSeries(x: number): number {
  const t = 1 / (x * x)
  const tail =
    -0.004166666666666667 +
    t *
      (0.007575757575757576 +
        t *
          (-0.021092796092796094 +
            t * (0.08333333333333333 + t * (-0.4432598039215686 + t * 3.0539543302701198))))
  return (
    0.5 / x + t * (0.08333333333333333 + t * (-0.008333333333333333 + t * (0.003968253968253968 + t * tail)))
  )
}
