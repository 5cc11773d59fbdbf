import { deviance } from './deviance.ts'
import { horner } from './horner.ts'

/**
 * Temme's expansion of the incomplete gamma functions for large a (Temme 1979, "The asymptotic expansion of the
 * incomplete gamma functions"; DLMF 8.12): with μ = (x − a)/a, η²/2 = μ − log(1 + μ) and sign η = sign μ,
 * Q(a, x) = ½·erfc(η·√(a/2)) + exp(−a·η²/2)/√(2πa)·Σ cₖ(η)·a⁻ᵏ.
 */
/** μ/η as a power series in η. */
const RATIO: readonly number[] = [
  1.0, 0.3333333333333333, 0.027777777777777776, -0.003703703703703704, 0.0002314814814814815,
  5.878894767783657e-5, -2.553644914756026e-5, 4.899078973153047e-6, -2.428276122977769e-7,
  -1.85406221071516e-7, 7.542464855411896e-8, -1.47216272806884e-8, 5.159887341078076e-10,
  7.32986413160022e-10, -2.921357345635569e-10, 5.717312238897994e-11, -1.5008349408791911e-12,
]
/** cₖ(η) as power series in η, as far as they count for a ≥ 40 and |η| ≤ 0.4 (DLMF 8.12.9–8.12.13). */
const COEFFICIENTS: readonly (readonly number[])[] = [
  [
    -0.3333333333333333, 0.08333333333333333, -0.014814814814814815, 0.0011574074074074073,
    0.0003527336860670194, -0.0001787551440329218, 3.919263178522438e-5, -2.185448510679992e-6,
    -1.85406221071516e-6, 8.296711340953087e-7, -1.7665952736826078e-7, 6.707853543401498e-9,
    1.0261809784240309e-8, -4.382036018453353e-9, 9.14769958223679e-10, -2.5514193994946248e-11,
    -5.830772132550426e-11,
  ],
  [
    -0.001851851851851852, -0.003472222222222222, 0.0026455026455026454, -0.0009902263374485596,
    0.00020576131687242798, -4.018775720164609e-7, -1.8098550334489977e-5, 7.64916091608111e-6,
    -1.6120900894563446e-6, 4.647127802807434e-9, 1.378633446915721e-7, -5.752545603517705e-8,
    1.1951628599778148e-8, -1.7543241719747647e-11, -1.0091543710600413e-9, 4.162792991842583e-10,
  ],
  [
    0.004133597883597883, -0.0026813271604938273, 0.0007716049382716049, 2.0093878600823047e-6,
    -0.0001073665322636516, 5.2923448829120125e-5, -1.2760635188618728e-5, 3.423578734096138e-8,
    1.3721957309062934e-6, -6.298992138380055e-7, 1.4280614206064242e-7, -2.0477098421990866e-10,
    -1.409252991086752e-8, 6.228974084922022e-9,
  ],
  [
    0.0006494341563786008, 0.00022947209362139917, -0.0004691894943952557, 0.00026772063206283885,
    -7.561801671883977e-5, -2.396505113867297e-7, 1.1082654115347302e-5, -5.6749528269915965e-6,
    1.4230900732435883e-6, -2.7861080291528143e-11, -1.6958404091930278e-7, 8.099464905388083e-8,
  ],
  [
    -0.0008618882909167117, 0.0007840392217200666, -0.0002990724803031902, -1.4638452578843418e-6,
    6.641498215465122e-5, -3.968365047179435e-5, 1.1375726970678419e-5, 2.507497226237533e-10,
    -1.6954149536558305e-6, 8.907507532205309e-7,
  ],
  [
    -0.00033679855336635813, -6.972813758365857e-5, 0.0002772753244959392, -0.00019932570516188847,
    6.797780477937208e-5, 1.419062920643967e-7, -1.3594048189768693e-5, 8.018470256334202e-6,
    -2.291481176508095e-6,
  ],
  [
    0.0005313079364639922, -0.0005921664373536939, 0.0002708782096718045, 7.902353232660328e-7,
    -8.153969367561969e-5, 5.61168275310625e-5, -1.8329116582843375e-5,
  ],
  [
    0.00034436760689237765, 5.171790908260592e-5, -0.00033493161081142234, 0.0002812695154763237,
    -0.00010976582244684731,
  ],
  [-0.0006526239185953094, 0.0008394987206720873, -0.000438297098541721],
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
