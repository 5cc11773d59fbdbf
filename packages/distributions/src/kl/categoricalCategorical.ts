import type { Real } from '@variate/core/ops'
import { categories, divergenceTerm, sumOverCategories, type Weighted } from './outcomes.ts'

/** Σ πₖ·log(πₖ/π′ₖ); also of one-hot vectors. */
export function categoricalCategorical(p: Weighted, q: Weighted): Real {
  return sumOverCategories(divergenceTerm(categories(p), categories(q)))
}
