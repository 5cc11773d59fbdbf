import { erfcx, SQUARED_NODES, WEIGHTS } from './erfcx.ts'

/** From here the derivatives of the rule for erfcx, to which no pole adds, keep what the recurrence cancels. */
const LARGE = 6

/**
 * The n-th derivative of exp(x²)·erfc(x), n ≥ 0, of sign (−1)ⁿ: by y⁽ⁿ⁾ = 2x·y⁽ⁿ⁻¹⁾ + 2(n − 1)·y⁽ⁿ⁻²⁾, y′ = 2x·y − 2/√π
 * (DLMF 7.10.3 and 7.10.4), and for large x by the sum (−1)ⁿ·n!·Σ wₜ·Re (x + it)⁻ⁿ⁻¹, each of whose terms is exact.
 */
export function erfcxDerivative(n: number, x: number): number {
  if (!(x >= LARGE)) return byRecurrence(n, x)
  let sum = 0
  for (let k = 0; k < SQUARED_NODES.length; k++) {
    const real = 1 / (x + SQUARED_NODES[k]! / x)
    const imaginary = (-real * Math.sqrt(SQUARED_NODES[k]!)) / x
    let [u, v] = [WEIGHTS[k]! * real, WEIGHTS[k]! * imaginary]
    for (let m = 1; m <= n; m++) [u, v] = [-m * (u * real - v * imaginary), -m * (u * imaginary + v * real)]
    sum += u
  }
  return sum
}

function byRecurrence(n: number, x: number): number {
  let [last, value] = [-1 / Math.sqrt(Math.PI), erfcx(x)]
  for (let m = 0; m < n; m++) [last, value] = [value, 2 * (x * value + (m || 1) * last)]
  return value
}
