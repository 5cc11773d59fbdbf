import { TEMME_COEFFICIENTS, TEMME_RATIO } from '@variate/core/internal'
import { horner } from '../../wasm/maths/horner.ts'
import { exp } from '../../wasm/maths/exp.ts'
import { logAndDeviance } from '../../wasm/maths/log.ts'
import type { Value } from '../../wasm/value.ts'
import { one as l } from '../routines/linalg/wide.ts'

const c = l.constant

/** Terms of Stirling's series of log Γ in 1/x², DLMF 5.11.1, over x. */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360_360, 1 / 156]

/** Whether Temme's expansion of the incomplete gamma functions has float64 accuracy. */
export function inTemmeRange(a: Value, x: Value): Value {
  const isNear = l.both(l.gt(x, l.mul(c(0.67), a)), l.lt(x, l.mul(c(1.4), a)))
  return l.both(l.ge(a, c(40)), isNear)
}

/** μ = (x − a)/a, and η of its sign with η²/2 = μ − log(1 + μ). */
export function temmeEta(a: Value, x: Value): { readonly mu: Value; readonly eta: Value } {
  const mu = l.div(l.sub(x, a), a)
  const size = l.sqrt(l.mul(c(2), logAndDeviance(l, l.add(c(1), mu), mu).deviance))
  return { mu, eta: l.select(l.lt(mu, c(0)), l.neg(size), size) }
}

/** Σ cₖ(η)·a⁻ᵏ. */
export function temmeSum(a: Value, eta: Value): Value {
  return overPowers(
    TEMME_COEFFICIENTS.map((terms) => horner(l, terms, eta)),
    a,
  )
}

/** What the derivatives of the expansion Σ cₖ(η)·a⁻ᵏ are made of. */
function shapeOf(
  a: Value,
  x: Value,
): {
  readonly eta: Value
  /** μ/η. */
  readonly ratio: Value
  /** The sum and its slope in η, and what its derivative in a is of that; η²/2 − μ + 1/(2a). */
  readonly sum: Value
  readonly slope: Value
  readonly rate: Value
  readonly bracket: Value
  /** The sum, differentiated in η so many times, with cₖ times a factor. */
  readonly moment: (order: number, factor: (k: number) => number) => Value
  /** (∂Q/∂a)·√(2πa)·exp(a·η²/2). */
  readonly w: Value
} {
  const { mu, eta } = temmeEta(a, x)
  const ratio = horner(l, TEMME_RATIO, eta)
  const polynomials = [0, 1, 2].map((order) =>
    TEMME_COEFFICIENTS.map((terms) => horner(l, differentiated(terms, order), eta)),
  )
  const moment = (order: number, factor: (k: number) => number): Value =>
    overPowers(
      polynomials[order]!.map((x, k) => l.mul(c(factor(k)), x)),
      a,
    )
  const [sum, slope] = [overPowers(polynomials[0]!, a), overPowers(polynomials[1]!, a)]
  const rate = l.div(
    l.sub(
      moment(0, (k) => -k),
      l.mul(ratio, slope),
    ),
    a,
  )
  const half = l.mul(c(0.5), eta)
  const bracket = l.add(l.sub(l.mul(half, eta), mu), l.div(c(0.5), a))
  const w = l.sub(l.add(l.sub(ratio, half), rate), l.mul(sum, bracket))
  return { eta, ratio, sum, slope, rate, bracket, moment, w }
}

/**
 * −(∂P/∂a)/p by Temme's expansion (Temme 1979; DLMF 8.12), differentiated: with no error function, as core computes it.
 */
export function temmeSampleDerivative(a: Value, x: Value): Value {
  return l.mul(l.mul(shapeOf(a, x).w, stirlingFactor(a)), l.div(x, a))
}

/** Its derivative in a. */
export function temmeSampleSecond(a: Value, x: Value): Value {
  const { eta, ratio, sum, slope, rate, bracket, moment, w } = shapeOf(a, x)
  const ofRatio = horner(l, differentiated(TEMME_RATIO, 1), eta)
  const bend = l.mul(
    ratio,
    l.sub(
      moment(1, (k) => -k),
      l.mul(c(0.5), l.mul(l.add(c(1), ofRatio), slope)),
    ),
  )
  const twice = l.sub(
    l.add(
      moment(0, (k) => k * (k + 1)),
      l.mul(
        l.mul(ratio, ratio),
        moment(2, () => 1),
      ),
    ),
    l.add(bend, bend),
  )
  const reciprocal = l.div(c(1), a)
  const square = l.mul(reciprocal, reciprocal)
  const direct = l.mul(l.sub(c(0.5), ofRatio), l.mul(ratio, reciprocal))
  const ofSum = l.add(l.mul(rate, bracket), l.mul(sum, l.sub(reciprocal, l.mul(c(0.5), square))))
  const second = l.sub(l.add(direct, l.mul(twice, square)), ofSum)
  const derivative = STIRLING.map((x, k) => -(2 * k + 1) * x)
  const own = l.sub(l.mul(horner(l, derivative, square), square), reciprocal)
  return l.mul(l.mul(l.add(l.mul(w, own), second), stirlingFactor(a)), l.div(x, a))
}

/** Γ(a) over the leading terms of Stirling's series. */
function stirlingFactor(a: Value): Value {
  return exp(l, l.div(horner(l, STIRLING, l.div(c(1), l.mul(a, a))), a))
}

/** The coefficients of a derivative of a polynomial. */
function differentiated(terms: readonly number[], order: number): readonly number[] {
  return order === 0 ? terms : differentiated(terms.map((x, i) => i * x).slice(1), order - 1)
}

/** Σ xₖ·a⁻ᵏ. */
function overPowers(xs: readonly Value[], a: Value): Value {
  return xs.slice(0, -1).reduceRight((sum, x) => l.add(l.div(sum, a), x), xs.at(-1)!)
}
