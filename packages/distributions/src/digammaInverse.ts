import { add, digamma, div, exp, greater, maximum, sub, trigamma, where, type Real } from '@variate/core/ops'

const STEPS = 6
const MINUS_EULER = -0.5772156649015329

/** The x > 0 with ψ(x) = y, by Newton's method (Minka 2000, “Estimating a Dirichlet distribution”, appendix C). */
export function digammaInverse(y: Real): Real {
  const isLarge = greater(y, -2.22)
  // ψ(x) → log(x − ½) for large x and −γ − 1/x for small x.
  const small = div(-1, sub(where(isLarge, -3, y), MINUS_EULER))
  let x: Real = where(isLarge, add(exp(y), 0.5), small)
  for (let i = 0; i < STEPS; i++) x = sub(x, div(sub(digamma(x), y), trigamma(x)))
  return maximum(x, 0)
}
