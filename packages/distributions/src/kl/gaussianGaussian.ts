import type { Tensor } from '@tensorflow/tfjs-core'
import { add, constant, expandDims, mul, square, sub, sum, type Real } from '@variate/core/ops'
import { covarianceOf, type Gaussian } from './gaussians.ts'

/** log|Σq|/2 − log|Σp|/2 + (tr(Σq⁻¹·Σp) + (μp − μq)ᵀ·Σq⁻¹·(μp − μq) − d)/2, of multivariate normals in any form. */
export function gaussianGaussian(p: Gaussian, q: Gaussian): Real {
  const [sigmaP, sigmaQ] = [covarianceOf(p), covarianceOf(q)]
  const factor = sigmaP.factor()
  const d = factor.shape.at(-2)!
  const gap = expandDims(constant(sub(p.loc, q.loc)), -1)
  const spread = sub(sumOfSquares(sigmaQ.whiten(factor)), d)
  const shift = sumOfSquares(sigmaQ.whiten(gap))
  return add(sub(sigmaQ.halfLogDet(), sigmaP.halfLogDet()), mul(0.5, add(spread, shift)))
}

/** Over the last two axes. */
export function sumOfSquares(M: Tensor): Tensor {
  return sum(square(M), [-2, -1])
}
