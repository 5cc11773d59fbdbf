import { SMALLEST } from '../../float32.ts'
import { log1mexp } from '../../special/log1mexp.ts'
import { xlogy } from '../../special/xlogy.ts'
import { add, div, mul, neg, sub } from '../arithmetic.ts'
import { isFinite, less } from '../comparison.ts'
import { elementwise } from '../elementwise.ts'
import { exp, expm1, log } from '../exponential.ts'
import { maximum } from '../extrema.ts'
import { pow } from '../pow.ts'
import type { Binary, Real, Ternary, Unary } from '../real.ts'
import { where } from '../where.ts'
import { noDerivative } from './noDerivative.ts'
import { ratio } from './ratio.ts'

// Derivatives are written in B(t) = t/(eᵗ − 1) at t = −a·log(x), which is smooth at x = 1, where they cancel otherwise.

const bernoulli: Unary = /* @__PURE__ */ elementwise('bernoulli', (t) => bernoulliOf(t), [
  (dy, t) => mul(dy, bernoulliSlope(t!)),
]) as Unary

/** 1 − t − B(t). */
const bernoulliRest: Unary = /* @__PURE__ */ elementwise(
  'bernoulliRest',
  (t) => (t < 1e-3 ? -t / 2 - (t * t) / 12 : 1 - t - bernoulliOf(t)),
  [(dy, t) => mul(dy, sub(-1, bernoulliSlope(t!)))],
) as Unary

/** B′(t). */
const bernoulliSlope: Unary = /* @__PURE__ */ elementwise(
  'bernoulliSlope',
  (t) => (t < 1e-3 ? t / 6 - 0.5 : (bernoulliOf(t) / t) * (1 + t / Math.expm1(-t))),
  [/* @__PURE__ */ noDerivative('kumaraswamy: the third derivative of the log density')],
) as Unary

function bernoulliOf(t: number): number {
  const finite = Math.min(t, 700)
  return t > 0 ? finite / Math.expm1(finite) : 1
}

/** log(1 − xᵃ), for 0 ≤ x ≤ 1. */
const logOneMinusPower: Binary = /* @__PURE__ */ elementwise(
  'logOneMinusPower',
  (a, x) => log1mexp(a * Math.log(x)),
  [
    (dy, a, x) => mul(dy, div(bernoulli(mul(a!, surprise(x!))), a!)),
    (dy, a, x) => mul(dy, neg(slope(1, a!, x!))),
  ],
) as Binary

/** 1 − (1 − xᵃ)ᵇ for 0 ≤ x ≤ 1, the cdf of the Kumaraswamy distribution. */
export const kumaraswamyCdf: Ternary = /* @__PURE__ */ elementwise(
  'kumaraswamyCdf',
  (a, b, x) => -Math.expm1(b * log1mexp(a * Math.log(x))),
  [
    (dy, a, b, x) => {
      const tail = exp(mul(b!, logOneMinusPower(a!, x!)))
      return mul(dy, neg(mul(div(b!, a!), mul(tail, bernoulli(mul(a!, surprise(x!)))))))
    },
    (dy, a, b, x) => {
      const logTail = logOneMinusPower(a!, x!)
      return mul(dy, neg(mul(exp(mul(b!, logTail)), where(isFinite(logTail), logTail, 0))))
    },
    (dy, a, b, x) => mul(dy, exp(logKumaraswamyDensity(a!, b!, x!))),
  ],
) as Ternary

/** log(a·b) + (a − 1)·log(x) + (b − 1)·log(1 − xᵃ), the log density of the Kumaraswamy distribution, rounded once. */
export const logKumaraswamyDensity: Ternary = /* @__PURE__ */ elementwise(
  'logKumaraswamyDensity',
  (a, b, x) => {
    const tail = b === 1 ? 0 : (b - 1) * log1mexp(a * Math.log(x))
    return Math.log(a * b) + xlogy(a - 1, x) + tail
  },
  [
    (dy, a, b, x) => {
      const t = mul(a!, neg(log(x!)))
      return mul(dy, div(add(mul(b!, bernoulli(t)), bernoulliRest(t)), a!))
    },
    (dy, a, b, x) => mul(dy, add(div(1, b!), logOneMinusPower(a!, x!))),
    (dy, a, b, x) => mul(dy, sub(ratio(sub(a!, 1), x!), slope(sub(b!, 1), a!, x!))),
  ],
) as Ternary

/** −log(x), finite at 0. */
function surprise(x: Real): Real {
  return neg(log(maximum(x, SMALLEST)))
}

/** power·a·xᵃ⁻¹/(1 − xᵃ). */
function slope(power: Real, a: Real, x: Real): Real {
  const t = mul(a, surprise(x))
  const isNear = less(t, 1)
  const near = ratio(mul(power, bernoulli(t)), mul(maximum(x, SMALLEST), surprise(x)))
  const far = where(isNear, 1, x)
  const rest = expm1(neg(maximum(t, 1)))
  return where(isNear, near, neg(div(mul(mul(power, a), pow(far, sub(a, 1))), rest)))
}
