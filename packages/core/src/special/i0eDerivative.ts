const SQRT_TWO_PI = 2.5066282746310002

/**
 * The n-th derivative of exp(−x)·I₀(x), x ≥ 0, of sign (−1)ⁿ, by series whose terms have one sign: with (½)ₙ = ½·(3/2) ⋯,
 * (−2)ⁿ·(½)ₙ/n!·exp(−2x)·M(½, n + 1, 2x) (DLMF 10.39.5, 13.2.39, 13.3.15), and for large x the derivatives of the terms of
 * DLMF 10.40.1.
 */
export function i0eDerivative(n: number, x: number): number {
  // The smallest term of the asymptotic series is about exp(−2x)·xⁿ of the first.
  const isLarge = x >= 20 + 4 * n
  let term = isLarge ? 1 / (SQRT_TWO_PI * Math.sqrt(x)) : Math.exp(-2 * x)
  for (let m = 0; m < n; m++) term *= (-(m + 0.5) * (isLarge ? 1 : 2)) / (isLarge ? x : m + 1)
  let sum = term
  for (let k = 0; Math.abs(term) > Number.EPSILON * 0.1 * Math.abs(sum); k++) {
    term *= isLarge
      ? ((k + 0.5) * (k + 0.5 + n)) / (2 * (k + 1) * x)
      : ((k + 0.5) * 2 * x) / ((k + 1) * (k + 1 + n))
    sum += term
  }
  return sum
}
