import { logBetaDensity as betaOf } from '../../special/logBetaDensity.ts'
import { logGammaDensity as gammaOf } from '../../special/logGammaDensity.ts'
import { xlogy as xlogyOf } from '../../special/xlogy.ts'
import { add, div, mul, neg, sub } from '../arithmetic.ts'
import { greater } from '../comparison.ts'
import { elementwise } from '../elementwise.ts'
import { log, log1p } from '../exponential.ts'
import type { Ternary } from '../real.ts'
import { where } from '../where.ts'
import { digammaDifference, logMinusDigamma } from './gamma.ts'
import { logRatio } from './logUniform.ts'
import { ratio } from './ratio.ts'

// Densities of scaled variables as functions of value and scale, whose derivatives are finite wherever they are:
// those of a function of the quotient pass through squares and reciprocals that overflow.

/** a·log(rate) + (a − 1)·log(x) − rate·x − log Γ(a), the log density of the gamma distribution, rounded once. */
export const logGammaDensityOfRate: Ternary = /* @__PURE__ */ elementwise(
  'logGammaDensityOfRate',
  (a, rate, x) => Math.log(rate) + gammaOf(a, rate * x),
  [
    (dy, a, rate, x) => mul(dy, logMinusDigamma(mul(rate!, x!), a!)),
    (dy, a, rate, x) => mul(dy, sub(div(a!, rate!), x!)),
    (dy, a, rate, x) => mul(dy, sub(ratio(sub(a!, 1), x!), rate!)),
  ],
) as Ternary

/** a·log(rate) − (a + 1)·log(x) − rate/x − log Γ(a), the log density of the inverse gamma distribution, rounded once. */
export const logInverseGammaDensity: Ternary = /* @__PURE__ */ elementwise(
  'logInverseGammaDensity',
  (a, rate, x) => gammaOf(a, rate / x) + Math.log(rate) - 2 * Math.log(x),
  [
    (dy, a, rate, x) => mul(dy, logMinusDigamma(div(rate!, x!), a!)),
    (dy, a, rate, x) => mul(dy, sub(div(a!, rate!), div(1, x!))),
    (dy, a, rate, x) => mul(dy, div(sub(sub(div(rate!, x!), a!), 1), x!)),
  ],
) as Ternary

/** (a − 1)·log(x) + (b − 1)·log(1 − x) − log B(a, b), the log density of the beta distribution, rounded once. */
export const logBetaDensityOfUnit: Ternary = /* @__PURE__ */ elementwise(
  'logBetaDensityOfUnit',
  (a, b, x) => betaOf(x, 1 - x, a, b),
  [
    (dy, a, b, x) => mul(dy, add(log(x!), digammaDifference(a!, b!))),
    (dy, a, b, x) => mul(dy, add(log1p(neg(x!)), digammaDifference(b!, a!))),
    (dy, a, b, x) => mul(dy, sub(ratio(sub(a!, 1), x!), ratio(sub(b!, 1), sub(1, x!)))),
  ],
) as Ternary

/** log(k/s) + (k − 1)·log(x/s) − (x/s)ᵏ, the log density of the Weibull distribution of scale s, rounded once. */
export const logWeibullDensity: Ternary = /* @__PURE__ */ elementwise(
  'logWeibullDensity',
  (k, s, x) => Math.log(k / s) + xlogyOf(k - 1, x / s) - (x / s) ** k,
  [
    (dy, k, s, x) => mul(dy, add(div(1, k!), mul(sub(1, ratioPower(k!, s!, x!)), logRatio(x!, s!)))),
    (dy, k, s, x) => mul(dy, mul(div(k!, s!), sub(ratioPower(k!, s!, x!), 1))),
    (dy, k, s, x) => mul(dy, sub(ratio(sub(k!, 1), x!), mul(div(k!, s!), ratioPower(sub(k!, 1), s!, x!)))),
  ],
) as Ternary

/** (x/s)ᵏ. */
export const ratioPower: Ternary = /* @__PURE__ */ elementwise('ratioPower', (k, s, x) => (x / s) ** k, [
  (dy, k, s, x) => {
    const isPositive = greater(x!, 0)
    return mul(dy, mul(ratioPower(k!, s!, x!), where(isPositive, logRatio(where(isPositive, x!, 1), s!), 0)))
  },
  (dy, k, s, x) => mul(dy, neg(mul(div(k!, s!), ratioPower(k!, s!, x!)))),
  (dy, k, s, x) => mul(dy, mul(div(k!, s!), ratioPower(sub(k!, 1), s!, x!))),
]) as Ternary
