import {
  negativeBinomialInConcentration as inConcentrationOf,
  negativeBinomialOfMean as inMeanOf,
} from '../../special/negativeBinomialOfMean.ts'
import { factorial } from '../../special/trialsDerivative.ts'
import { add, div, mul, sub } from '../arithmetic.ts'
import { elementwise } from '../elementwise.ts'
import { pow } from '../pow.ts'
import type { Join, Quaternary, Real } from '../real.ts'

/** The derivative of order m in the mean. */
const inMean: Quaternary = /* @__PURE__ */ elementwise(
  'negativeBinomialInMean',
  (m, k, mean, r) => inMeanOf(m, k, mean, r),
  [
    null,
    null,
    (dy, m, k, mean, r) => mul(dy, inMean(add(m!, 1), k!, mean!, r!)),
    (dy, m, k, mean, r) => {
      if (m === 0) return mul(dy, inConcentration(1, k!, mean!, r!))
      const order = m as number
      const sum = add(mean!, r!)
      const numerator = sub(sum, mul(order, add(k!, r!)))
      return mul(dy, mul(factorial(order - 1) * (-1) ** order, div(numerator, pow(sum, order + 1))))
    },
  ],
) as Quaternary

/** The derivative of order m ≥ 1 in the concentration. */
const inConcentration: Quaternary = /* @__PURE__ */ elementwise(
  'negativeBinomialInConcentration',
  (m, k, mean, r) => inConcentrationOf(m, k, mean, r),
  [
    null,
    null,
    (dy, m, k, mean, r) => {
      const order = m as number
      const power = pow(add(mean!, r!), order + 1)
      return mul(dy, mul(factorial(order) * (-1) ** order, div(sub(mean!, k!), power)))
    },
    (dy, m, k, mean, r) => mul(dy, inConcentration(add(m!, 1), k!, mean!, r!)),
  ],
) as Quaternary

/** The log probability of k under the negative binomial distribution of a mean and a concentration, rounded once. */
export function logNegativeBinomialOfMean<A extends Real, B extends Real, C extends Real>(
  k: A,
  mean: B,
  concentration: C,
): Join<A, B, C> {
  return inMean(0, k, mean, concentration) as never
}
