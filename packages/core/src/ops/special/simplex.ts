import type { Tensor } from '@tensorflow/tfjs-core'
import { lgamma } from '../../special/lgamma.ts'
import { logGammaDensity as gammaOf } from '../../special/logGammaDensity.ts'
import { div, mul, sub } from '../arithmetic.ts'
import { equal } from '../comparison.ts'
import { elementwiseSum } from '../elementwiseSum.ts'
import { exp } from '../exponential.ts'
import type { Real } from '../real.ts'
import { where } from '../where.ts'
import { logMinusDigamma } from './gamma.ts'

const gammaTerms = /* @__PURE__ */ elementwiseSum(
  'logGammaTerms',
  (a, x, scale, share) => gammaOf(a, scale * x) + scale * (x - share),
  [
    (dy, a, x, scale) => mul(dy, logMinusDigamma(mul(scale!, x!), a!)),
    // At x = 0 the density is infinite or 0; its derivative is given as 0.
    (dy, a, x) => mul(dy, div(sub(a!, 1), where(equal(x!, 0), Infinity, x!))),
    null,
  ],
) as (a: Tensor, x: Tensor, scale: Real, share: number) => Tensor

/**
 * Σ (a − 1)·log(scale·x) − log Γ(a), less the scale, over the last axis: up to terms that are constant in x, the log
 * density of a Dirichlet distribution at x, or with a = k + 1 that of multinomial counts k with probabilities x. Its
 * terms are small where the scale is Σ a or Σ k. A derivative in the scale is not given: it cancels in both.
 */
export function logGammaTerms(a: Tensor, x: Tensor, scale: Real): Tensor {
  return gammaTerms(a, x, scale, 1 / x.shape.at(-1)!)
}

/** Σ k·log(n·p) − n·p − log k! over the last axis, for probabilities p that are given by their logarithms. */
export const logPoissonTerms = /* @__PURE__ */ elementwiseSum(
  'logPoissonTerms',
  (k, logP, n) => {
    const rate = n * Math.exp(logP)
    if (k === 0 || rate > 1e-290) return gammaOf(k + 1, rate)
    return k * (Math.log(n) + logP) - lgamma(k + 1)
  },
  [null, (dy, k, logP, n) => mul(dy, sub(k!, mul(n!, exp(logP!)))), null],
) as (k: Tensor, logP: Tensor, n: Real) => Tensor
