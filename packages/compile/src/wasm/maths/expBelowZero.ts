import { vectorCode } from '../instructions.ts'
import type { Lanes } from '../lanes.ts'
import { V128, value, type Value } from '../value.ts'

/** The minimax polynomial of 2ʳ for |r| ≤ ½, by Remez's algorithm: its relative error is 2.1e-16. */
const COEFFICIENTS = [
  1, 0.6931471805599497, 0.24022650695908768, 0.05550410866445883, 0.009618129108034596,
  0.0013333558228561767, 0.00015403529961127076, 1.5252658116409854e-5, 1.3215662835959238e-6,
  1.0208537929657404e-7, 7.037278846726901e-9,
]

/**
 * eˣ for vectors of float64 x ≤ 0, as sums take it whose largest term is e⁰: right to (3 + |x|)·2⁻⁵² of its size, and
 * exactly 0 below 2^least. It takes half as long as what is right to the last bits for any x.
 *
 * @param least a whole number ≥ −1022, below which powers of 2 are no normal numbers.
 */
export function expBelowZero(l: Lanes, x: Value, least: number): Value {
  const scaled = l.mul(x, l.constant(Math.LOG2E))
  const n = l.nearest(scaled)
  const r = l.sub(scaled, n)
  const square = l.mul(r, r)
  // Even and odd terms by themselves wait half as long for each other.
  const terms = (from: number): Value => {
    let sum = l.constant(COEFFICIENTS[from]!)
    for (let i = from - 2; i >= 0; i -= 2) sum = l.add(l.mul(sum, square), l.constant(COEFFICIENTS[i]!))
    return sum
  }
  // Added to 1½·2⁵², a whole number stands in the lowest bits of the sum: from there to where the exponent stands.
  const power = l.shiftLeft(l.add(n, l.constant(1.5 * 2 ** 52 + 1023)), 52)
  const product = l.mul(l.add(terms(10), l.mul(terms(9), r)), power)
  return value(V128, vectorCode(0x4f), [product, l.lt(n, l.constant(least))])
}
