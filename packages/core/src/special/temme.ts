import { deviance } from './deviance.ts'
import { horner } from './horner.ts'

/**
 * Temme's expansion of the incomplete gamma functions for large a (Temme 1979, "The asymptotic expansion of the
 * incomplete gamma functions"; DLMF 8.12): with μ = (x − a)/a, η²/2 = μ − log(1 + μ) and sign η = sign μ,
 * Q(a, x) = ½·erfc(η·√(a/2)) + exp(−a·η²/2)/√(2πa)·Σ cₖ(η)·a⁻ᵏ.
 */
/** μ/η as a power series in η; here and below with the digits that count, to 1e-17 of the sums. */
export const RATIO: readonly number[] = [
  1.0, 0.3333333333333333, 0.027777777777777776, -0.003703703703703704, 0.00023148148148148,
  5.878894767784e-5, -2.553644914756e-5, 4.89907897315e-6, -2.428276123e-7, -1.854062211e-7, 7.54246486e-8,
  -1.47216273e-8, 5.15989e-10, 7.32986e-10, -2.92136e-10, 5.717e-11, -1.5e-12,
]
/** cₖ(η) as power series in η, as far as they count for a ≥ 40 and |η| ≤ 0.4 (DLMF 8.12.9–8.12.13). */
export const COEFFICIENTS: readonly (readonly number[])[] = [
  [
    -0.3333333333333333, 0.08333333333333333, -0.014814814814814815, 0.001157407407407407,
    0.00035273368606702, -0.00017875514403292, 3.9192631785224e-5, -2.18544851068e-6, -1.85406221072e-6,
    8.296711341e-7, -1.766595274e-7, 6.7078535e-9, 1.02618098e-8, -4.382036e-9, 9.1477e-10, -2.5514e-11,
    -5.831e-11,
  ],
  [
    -0.00185185185185185, -0.0034722222222222, 0.00264550264550265, -0.00099022633744856, 0.0002057613168724,
    -4.01877572e-7, -1.80985503345e-5, 7.649160916e-6, -1.612090089e-6, 4.647128e-9, 1.37863345e-7,
    -5.7525456e-8, 1.195163e-8, -1.754e-11, -1.00915e-9, 4.163e-10,
  ],
  [
    0.004133597883598, -0.002681327160494, 0.000771604938272, 2.00938786e-6, -0.000107366532264,
    5.292344883e-5, -1.276063519e-5, 3.423579e-8, 1.37219573e-6, -6.298992e-7, 1.428061e-7, -2.048e-10,
    -1.40925e-8, 6.229e-9,
  ],
  [
    0.0006494341564, 0.0002294720936, -0.0004691894944, 0.0002677206321, -7.56180167e-5, -2.396505e-7,
    1.1082654e-5, -5.674953e-6, 1.42309e-6, -2.8e-11, -1.69584e-7, 8.1e-8,
  ],
  [
    -0.00086188829, 0.00078403922, -0.00029907248, -1.463845e-6, 6.641498e-5, -3.968365e-5, 1.137573e-5,
    2.5e-10, -1.6954e-6, 8.908e-7,
  ],
  [
    -0.0003367986, -6.97281e-5, 0.0002772753, -0.0001993257, 6.79778e-5, 1.42e-7, -1.3594e-5, 8.018e-6,
    -2.291e-6,
  ],
  [0.000531308, -0.00059217, 0.00027088, 7.9e-7, -8.154e-5, 5.612e-5, -1.833e-5],
  [0.0003444, 5.17e-5, -0.000335, 0.0002813, -0.0001098],
  [-0.00065, 0.00084, -0.00044],
]

/** Whether the expansion has float64 accuracy. */
export function inTemmeRange(a: number, x: number): boolean {
  return a >= 40 && x > 0.67 * a && x < 1.4 * a
}

export function temmeEta(a: number, x: number): number {
  const mu = (x - a) / a
  const eta = Math.sqrt(2 * deviance(mu))
  return mu < 0 ? -eta : eta
}

/** Σ cₖ(η)·a⁻ᵏ. */
export function temmeSum(eta: number, a: number): number {
  let sum = 0
  for (let k = COEFFICIENTS.length - 1; k >= 0; k--) sum = sum / a + horner(COEFFICIENTS[k]!, eta)
  return sum
}

/** d/dη of the sum of a⁻ᵏ·cₖ(η)·(−k)ʲ, k ≥ 0, differentiated `order` times. */
function moment(eta: number, a: number, order: number, weight: number): number {
  let sum = 0
  for (let k = COEFFICIENTS.length - 1; k >= 0; k--) {
    const factor = weight === 0 ? 1 : weight === 1 ? -k : k * (k + 1)
    sum = sum / a + factor * derivative(COEFFICIENTS[k]!, eta, order)
  }
  return sum
}

/** The derivative of a polynomial, of order 0, 1 or 2. */
function derivative(coefficients: readonly number[], x: number, order: number): number {
  let sum = 0
  for (let i = coefficients.length - 1; i >= order; i--) {
    const factor = order === 0 ? 1 : order === 1 ? i : i * (i - 1)
    sum = sum * x + factor * coefficients[i]!
  }
  return sum
}

/**
 * W with ∂Q/∂a = exp(−a·η²/2)/√(2πa)·W. At fixed x, ∂η/∂a = −(μ/η)/a, so that no error function is left:
 * W = μ/η − η/2 + Ċ − C·(η²/2 − μ + 1/(2a)), C = Σ cₖ(η)·a⁻ᵏ, Ċ = dC/da.
 */
export function temmeShapeDerivative(eta: number, mu: number, a: number): number {
  const ratio = horner(RATIO, eta)
  const rate = (moment(eta, a, 0, 1) - ratio * moment(eta, a, 1, 0)) / a
  return ratio - 0.5 * eta + rate - temmeSum(eta, a) * (0.5 * eta * eta - mu + 0.5 / a)
}

/** dW/da at fixed x. */
export function temmeShapeSecond(eta: number, mu: number, a: number): number {
  const ratio = horner(RATIO, eta)
  const slope = derivative(RATIO, eta, 1)
  const sum = temmeSum(eta, a)
  const first = moment(eta, a, 1, 0)
  const rate = (moment(eta, a, 0, 1) - ratio * first) / a
  const second =
    (moment(eta, a, 0, 2) -
      2 * ratio * moment(eta, a, 1, 1) +
      ratio * ratio * moment(eta, a, 2, 0) +
      ratio * (1 + slope) * first) /
    (a * a)
  const bracket = 0.5 * eta * eta - mu + 0.5 / a
  return (0.5 - slope) * (ratio / a) + second - rate * bracket - sum * (1 / a - 0.5 / (a * a))
}
