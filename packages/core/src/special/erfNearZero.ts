import { horner } from './horner.ts'

/** Those of 2/√π·Σ (−1)ⁿ·x²ⁿ/(n!·(2n + 1)) = erf(x)/x (DLMF 7.6.1), of which twelve reach 1e-16 at x = ½. */
const COEFFICIENTS: readonly number[] = /* @__PURE__ */ taylor(12)

function taylor(length: number): number[] {
  let term = 2 / Math.sqrt(Math.PI)
  return Array.from({ length }, (_, n) => (term /= -n || 1) / (2 * n + 1))
}

/** erf(x) for |x| ≤ ½. */
export function erfNearZero(x: number): number {
  return x * horner(COEFFICIENTS, x * x)
}
