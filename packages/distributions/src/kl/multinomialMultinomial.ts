import { equal, mul, where, type Real } from '@variate/core/ops'
import { categoricalCategorical } from './categoricalCategorical.ts'
import type { Weighted } from './outcomes.ts'

/** n·KL of one trial, for equal totals n; NaN for others, where there is no closed form. */
export function multinomialMultinomial(
  p: Weighted & { readonly total: Real },
  q: Weighted & { readonly total: Real },
): Real {
  return where(equal(p.total, q.total), mul(p.total, categoricalCategorical(p, q)), NaN)
}
