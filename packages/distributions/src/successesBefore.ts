import type { Tensor } from '@tensorflow/tfjs-core'
import {
  add,
  betaincOfOdds,
  floor,
  less,
  maximum,
  negativeBinomialQuantile,
  where,
  type Real,
} from '@variate/core/ops'

/**
 * Distribution function, the other tail and quantiles of the successes before `total` failures.
 *
 * @param of the total and the odds of a success, from the parameters.
 */
export function successesBefore<P>(of: (parameters: P) => readonly [total: Real, odds: Real]) {
  const next = (x: Tensor): Real => add(floor(maximum(x, 0)), 1)
  return {
    cdf: (p: P, x: Tensor): Real => {
      const [total, odds] = of(p)
      return where(less(x, 0), 0, betaincOfOdds(total, next(x), 1, odds))
    },
    survival: (p: P, x: Tensor): Real => {
      const [total, odds] = of(p)
      return where(less(x, 0), 1, betaincOfOdds(next(x), total, odds, 1))
    },
    icdf: (p: P, probability: Tensor): Real => negativeBinomialQuantile(probability, ...of(p)),
  }
}
