import type { Tensor } from '@tensorflow/tfjs-core'
import {
  add,
  cholesky,
  digamma,
  logDetTriangular,
  mul,
  multivariateLgamma,
  sub,
  triangularSolve,
  type Real,
} from '@variate/core/ops'
import { sumOfSquares } from './gaussianGaussian.ts'

/** Parameters of a Wishart or an inverse Wishart distribution. */
export interface WishartParameters {
  readonly df: Real
  readonly scaleTril?: Real
  readonly scale?: Real
}

/** (νp·(tr(Vq⁻¹·Vp) − d) − νq·log|Vq⁻¹·Vp| + (νp − νq)·ψ_d(νp/2))/2 + log Γ_d(νq/2) − log Γ_d(νp/2). */
export function wishartWishart(p: WishartParameters, q: WishartParameters): Real {
  const [Lp, Lq] = [triangleOf(p), triangleOf(q)]
  return divergence(p.df, q.df, Lp.shape.at(-1)!, triangularSolve(Lq, Lp))
}

/** The same of the inverses, whose scale matrices are inverse. */
export function inverseWishartInverseWishart(p: WishartParameters, q: WishartParameters): Real {
  const [Lp, Lq] = [triangleOf(p), triangleOf(q)]
  return divergence(p.df, q.df, Lp.shape.at(-1)!, triangularSolve(Lp, Lq))
}

function triangleOf({ scaleTril, scale }: WishartParameters): Tensor {
  return scaleTril === undefined ? cholesky(scale as Tensor) : (scaleTril as Tensor)
}

/** With a triangular matrix A for which tr(Vq⁻¹·Vp) = ‖A‖² and |Vq⁻¹·Vp| = |A|². */
function divergence(dfP: Real, dfQ: Real, d: number, A: Tensor): Real {
  const half = mul(0.5, dfP)
  const meanLog = Array.from({ length: d }, (_, i) => digamma(sub(half, i / 2))).reduce((a, b) => add(a, b))
  const fit = sub(mul(half, sub(sumOfSquares(A), d)), mul(dfQ, logDetTriangular(A)))
  const normalizers = sub(multivariateLgamma(mul(0.5, dfQ), d), multivariateLgamma(half, d))
  return add(fit, add(normalizers, mul(mul(0.5, sub(dfP, dfQ)), meanLog)))
}
