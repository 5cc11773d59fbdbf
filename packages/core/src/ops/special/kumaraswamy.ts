import { log1mexp } from '../../special/log1mexp.ts'
import { xlogy } from '../../special/xlogy.ts'
import { add, div, mul, neg, sub } from '../arithmetic.ts'
import { greater, isFinite } from '../comparison.ts'
import { elementwise } from '../elementwise.ts'
import { exp, log } from '../exponential.ts'
import { pow } from '../pow.ts'
import type { Binary, Real, Ternary } from '../real.ts'
import { where } from '../where.ts'
import { ratio } from './ratio.ts'

/** 1 − xᵃ for 0 ≤ x ≤ 1, without cancellation. */
const oneMinusPower: Binary = /* @__PURE__ */ elementwise(
  'oneMinusPower',
  (a, x) => -Math.expm1(a * Math.log(x)),
  [(dy, a, x) => mul(dy, neg(powerLog(a!, x!))), (dy, a, x) => mul(dy, neg(mul(a!, pow(x!, sub(a!, 1)))))],
) as Binary

const logOneMinusPower: Binary = /* @__PURE__ */ elementwise(
  'logOneMinusPower',
  (a, x) => log1mexp(a * Math.log(x)),
  [
    (dy, a, x) => mul(dy, neg(div(powerLog(a!, x!), oneMinusPower(a!, x!)))),
    (dy, a, x) => mul(dy, neg(div(mul(a!, pow(x!, sub(a!, 1))), oneMinusPower(a!, x!)))),
  ],
) as Binary

/** 1 − (1 − xᵃ)ᵇ for 0 ≤ x ≤ 1, the cdf of the Kumaraswamy distribution. */
export const kumaraswamyCdf: Ternary = /* @__PURE__ */ elementwise(
  'kumaraswamyCdf',
  (a, b, x) => -Math.expm1(b * log1mexp(a * Math.log(x))),
  [
    (dy, a, b, x) => {
      const tail = mul(sub(b!, 1), logOneMinusPower(a!, x!))
      return mul(dy, mul(b!, mul(exp(tail), powerLog(a!, x!))))
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
      const tail = ratio(mul(sub(b!, 1), powerLog(a!, x!)), oneMinusPower(a!, x!))
      return mul(dy, sub(add(div(1, a!), log(x!)), tail))
    },
    (dy, a, b, x) => mul(dy, add(div(1, b!), logOneMinusPower(a!, x!))),
    (dy, a, b, x) => {
      const tail = ratio(mul(mul(sub(b!, 1), a!), pow(x!, sub(a!, 1))), oneMinusPower(a!, x!))
      return mul(dy, sub(ratio(sub(a!, 1), x!), tail))
    },
  ],
) as Ternary

/** xᵃ·log(x), 0 at 0. */
function powerLog(a: Real, x: Real): Real {
  const isPositive = greater(x, 0)
  return mul(pow(x, a), log(where(isPositive, x, 1)))
}
