import type { Jet } from './jet.ts'

const sum: Jet = { value: 0, a: 0, b: 0, aa: 0, ab: 0, bb: 0 }

/**
 * ₂F₁(1, a + b; a + 1; x) = 1 + (a + b)·U by its power series; logarithmic derivatives of the terms are
 * summed.
 */
export function betaincSeriesJet(a: number, b: number, x: number): Jet {
  const both = a + b
  let term = x / (a + 1)
  let la = -1 / (a + 1)
  let lb = 0
  let laa = 1 / ((a + 1) * (a + 1))
  let lbb = 0
  let u = term
  let ua = term * la
  let ub = 0
  let uaa = term * (la * la + laa)
  let uab = 0
  let ubb = 0
  for (let n = 2; ; n++) {
    const numerator = 1 / (both + n - 1)
    const denominator = 1 / (a + n)
    term *= x * (both + n - 1) * denominator
    la += numerator - denominator
    lb += numerator
    laa += denominator * denominator - numerator * numerator
    lbb -= numerator * numerator
    u += term
    ua += term * la
    ub += term * lb
    uaa += term * (la * la + laa)
    uab += term * (la * lb + lbb)
    const part = term * (lb * lb + lbb)
    ubb += part
    if (!(term * (1 + la * la + lb * lb) > 1e-18 * u)) break
  }
  sum.value = 1 + both * u
  sum.a = u + both * ua
  sum.b = u + both * ub
  sum.aa = 2 * ua + both * uaa
  sum.ab = ua + ub + both * uab
  sum.bb = 2 * ub + both * ubb
  return sum
}
