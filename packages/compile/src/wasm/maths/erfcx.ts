import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'
import { exp } from './exp.ts'
import { horner } from './horner.ts'

/**
 * (1 + 2x)·exp(x²)·erfc(x) for x ≥ 0 as a polynomial in t = (x − K)/(x + K), interpolated at Chebyshev nodes (the form
 * of Shepherd and Laframboise 1981, “Chebyshev approximation of (1 + 2x) exp(x²) erfc x in 0 ≤ x < ∞”).
 */
const SCALE = { float32: 2.5, float64: 4 } as const
const COEFFICIENTS = {
  float32: [
    1.26483818, -0.1223567694, -0.09902423965, 0.157630376, -0.1029705553, 0.0327554827, 0.0009468088732,
    -0.004358277227, 0.0004632798436, 0.0005834769349, -6.389437193e-5, -6.471063822e-5,
  ],
  float64: [
    1.2329951186255526, -0.13962111684056228, 0.015379652102619974, 0.06809705425466839, -0.10103906603631811,
    0.09373283499911264, -0.06633036581186058, 0.037167515526338006, -0.01619773406293477,
    0.005031970069102256, -0.0007577732435942576, -0.0001992571524726518, 0.00015062142608651945,
    -2.4397731143023292e-5, -1.1221135665965907e-5, 5.70657829924074e-6, 2.9173425573089733e-7,
    -8.210647933297337e-7, 7.771943241086912e-8, 1.0631817593818149e-7, -2.0725802488181963e-8,
    -1.2338731403798444e-8, 3.2323973445082033e-9, 9.297625263709659e-10, -2.764120233734578e-10,
  ],
} as const

/** exp(x²)·erfc(x) for x ≥ 0. */
export function erfcxPositive(l: Lanes, x: Value): Value {
  const [half, one, two] = [0.5, 1, 2].map((c) => l.constant(c)) as [Value, Value, Value]
  // t = 2u − 1 for u = x/(x + K), which is exact for small x, and 1 for large ones.
  const finite = l.min(x, l.constant(2 ** 60))
  const u = l.div(finite, l.add(finite, l.constant(SCALE[l.precision])))
  const p = horner(l, COEFFICIENTS[l.precision], l.sub(l.mul(two, u), one))
  return l.div(l.mul(half, p), l.add(half, x))
}

/** From here on exp(−x²/2) is 0 and exp(x²/2) is ∞, and x² is far from overflowing. */
const FAR = 60

/** exp(scale·x²), scale = ±1 or ±½: with the rounding error of x², found as Dekker (1971) does. */
export function expOfSquare(l: Lanes, x: Value, scale: number): Value {
  const size = l.min(l.abs(x), l.constant(FAR))
  const square = l.mul(size, size)
  const scaled = l.mul(size, l.constant(l.isDouble ? 2 ** 27 + 1 : 2 ** 12 + 1))
  const high = l.sub(scaled, l.sub(scaled, size))
  const low = l.sub(size, high)
  const products = l.add(l.sub(l.mul(high, high), square), l.mul(l.mul(l.constant(2), high), low))
  const error = l.add(products, l.mul(low, low))
  const value = exp(l, l.mul(l.constant(scale), square))
  const corrected = l.add(value, l.mul(value, l.mul(l.constant(scale), error)))
  return scale > 0 ? l.select(l.lt(value, l.constant(Infinity)), corrected, value) : corrected
}
