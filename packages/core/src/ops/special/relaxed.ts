import { softplus as softplusOf } from '../../special/softplus.ts'
import { add, div, mul, neg, sub } from '../arithmetic.ts'
import { elementwise } from '../elementwise.ts'
import { log, log1p, sigmoid, tanh } from '../exponential.ts'
import type { Quaternary, Real, Ternary } from '../real.ts'
import { noDerivative } from './noDerivative.ts'

const noThirdDerivative = /* @__PURE__ */ noDerivative(
  'logRelaxedBernoulli: the third derivative in the value',
)

/** u = logits − t·log(x / (1 − x)). */
function logOdds(x: Real, t: Real, logits: Real): Real {
  return sub(logits, mul(t, sub(log(x), log1p(neg(x)))))
}

/**
 * log(t·σ(u)·σ(−u) / (x·(1 − x))), u = logits − t·log(x / (1 − x)): the log density at x of a logistic variable around
 * logits / t, of scale 1 / t, mapped to (0, 1).
 */
export const logRelaxedBernoulli: Ternary = /* @__PURE__ */ elementwise(
  'logRelaxedBernoulli',
  (x, t, logits) => {
    const logX = Math.log(x)
    const logY = Math.log1p(-x)
    const u = logits - t * (logX - logY)
    return Math.log(t) - softplusOf(u) - softplusOf(-u) - logX - logY
  },
  [
    (dy, x, t, logits) => mul(dy, slope(1, x!, t!, logits!)),
    (dy, x, t, logits) => {
      const ofOdds = mul(sub(log(x!), log1p(neg(x!))), tanh(div(logOdds(x!, t!, logits!), 2)))
      return mul(dy, add(div(1, t!), ofOdds))
    },
    (dy, x, t, logits) => mul(dy, neg(tanh(div(logOdds(x!, t!, logits!), 2)))),
  ],
) as Ternary

/** The first or second derivative in x, in terms that do not cancel near 0 and 1. */
const slope: Quaternary = /* @__PURE__ */ elementwise(
  'logRelaxedBernoulliDx',
  (m, x, t, logits) => {
    const y = 1 - x
    const u = logits - t * (Math.log(x) - Math.log1p(-x))
    const ofX = 1 / (1 + Math.exp(u)) / x
    const ofY = 1 / (1 + Math.exp(-u)) / y
    if (m === 1) return (t - 1) * (1 / x - 1 / y) - 2 * t * (ofX - ofY)
    return 2 * t * t * (ofX - ofY) ** 2 - (t - 1) * ((1 / x + 2 * t * ofX) / x + (1 / y + 2 * t * ofY) / y)
  },
  [
    null,
    (dy, m, x, t, logits) => mul(dy, m === 1 ? slope(2, x!, t!, logits!) : noThirdDerivative()),
    (dy, m, x, t, logits) => {
      if (m !== 1) noThirdDerivative()
      const u = logOdds(x!, t!, logits!)
      const y = sub(1, x!)
      const ends = sub(div(sub(1, mul(2, sigmoid(neg(u)))), x!), div(sub(1, mul(2, sigmoid(u))), y))
      const spread = div(mul(sigmoid(u), sigmoid(neg(u))), mul(x!, y))
      return mul(dy, sub(ends, mul(mul(2, t!), mul(spread, sub(log(x!), log1p(neg(x!)))))))
    },
    (dy, m, x, t, logits) => {
      if (m !== 1) noThirdDerivative()
      const u = logOdds(x!, t!, logits!)
      return mul(dy, div(mul(mul(2, t!), mul(sigmoid(u), sigmoid(neg(u)))), mul(x!, sub(1, x!))))
    },
  ],
) as Quaternary
