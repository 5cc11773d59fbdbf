import type { Tensor } from '@tensorflow/tfjs-core'
import { add, div, expandDims, log, maximum, mul, sub, sum, trigamma, type Real } from '@variate/core/ops'
import { logMinusDigamma, weightedMean } from '@variate/core/internal'
import { logDispersion } from './gammaConcentration.ts'

const STEPS = 15

/**
 * The most likely concentration of a Dirichlet distribution for weighted observations [n, ...batch, K], by Newton's
 * method with a Hessian that is diagonal but for a constant (Minka 2000, "Estimating a Dirichlet distribution"). Its
 * equations ψ(a) − ψ(Σ a) = Σ w·log x are written so that they do not cancel where the concentration is large.
 */
export function dirichletConcentration(x: Tensor, weights: Tensor): Tensor {
  const w = expandDims(weights, -1)
  const mean = weightedMean(x, w)
  const dispersion = logDispersion(x, mean, w)
  const total = div((mean.shape.at(-1)! - 1) / 2, sum(mul(mean, dispersion) as Tensor, -1, true))
  let a = mul(mean, total) as Tensor
  for (let i = 0; i < STEPS; i++) {
    const n = sum(a, -1, true)
    const ratio = log(div(mul(n, mean), a))
    const gap = sub(add(ratio, sub(logMinusDigamma(a, a), logMinusDigamma(n, n))), dispersion)
    const scale: Real = div(1, trigamma(a))
    const shared = div(
      sum(mul(gap, scale) as Tensor, -1, true),
      sub(sum(scale as Tensor, -1, true), div(1, trigamma(n))),
    )
    const step = mul(sub(gap, shared), scale)
    a = maximum(add(a, step), div(a, 4)) as Tensor
  }
  return a
}
