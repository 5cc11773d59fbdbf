import { horner } from '../../special/horner.ts'
import { lgamma } from '../../special/lgamma.ts'
import { add, div, mul } from '../arithmetic.ts'
import { elementwise } from '../elementwise.ts'
import type { Unary } from '../real.ts'
import { digammaDifference } from './gamma.ts'

/** (−1)ⁿ·ζ(n)·(2ⁿ − 2)/n for n = 2, 3, …: the series of lgamma(1 + 2·t) − 2·lgamma(1 + t), over t² (DLMF 5.7.3). */
export const SERIES: readonly number[] = [
  1.6449340668482264, -2.4041138063191885, 3.7881313179889835, -6.22156653086022, 10.51254497383931,
  -18.150286992874612, 31.879456059284735, -56.78047559347799,
]

/**
 * lgamma(1 + 2/k) − 2·lgamma(1 + 1/k), the logarithm of E[x²]/E[x]² of the Weibull distribution of shape k, without
 * cancellation where k is large.
 */
export const weibullLogMomentRatio: Unary = /* @__PURE__ */ elementwise(
  'weibullLogMomentRatio',
  (k) => {
    const t = 1 / k
    return t < 0.01 ? t * t * horner(SERIES, t) : lgamma(1 + 2 * t) - 2 * lgamma(1 + t)
  },
  [
    (dy, k) => {
      const t = div(1, k!)
      return mul(dy, mul(div(mul(-2, t), k!), digammaDifference(add(1, t), t)))
    },
  ],
) as Unary
