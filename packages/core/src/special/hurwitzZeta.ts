/** B₂ⱼ/(2j)! for j = 1…10. */
const COEFFICIENTS: readonly number[] = [
  0.08333333333333333, -0.001388888888888889, 3.306878306878307e-5, -8.267195767195768e-7,
  2.08767569878681e-8, -5.284190138687493e-10, 1.3382536530684679e-11, -3.3896802963225827e-13,
  8.586062056277845e-15, -2.174868698558062e-16,
]

/**
 * ζ(s, x) = Σ (x + k)⁻ˢ for s > 1, x > 0 by Euler–Maclaurin summation (Johansson 2015, "Rigorous high-precision
 * computation of the Hurwitz zeta function"); times xˢ where `scaled`, which neither over- nor underflows.
 */
export function hurwitzZeta(s: number, x: number, scaled: boolean = false): number {
  let sum = 0
  let y = x
  const start = 10 + s
  for (let k = 0; y < start; k++) {
    const term = scaled ? (x / y) ** s : y ** -s
    sum += term
    if (term < 1e-19 * sum) return sum
    y = x + k + 1
  }
  const power = scaled ? (x / y) ** s : y ** -s
  sum += power * (y / (s - 1) + 0.5)
  let factor = (power * s) / y
  for (let j = 1; j <= COEFFICIENTS.length; j++) {
    const term = factor * COEFFICIENTS[j - 1]!
    sum += term
    if (Math.abs(term) < 1e-17 * sum) break
    factor *= ((s + 2 * j - 1) * (s + 2 * j)) / (y * y)
  }
  return sum
}
