import type { Tensor } from '@tensorflow/tfjs-core'
import {
  add,
  cholesky,
  concat,
  constant,
  diag,
  div,
  expandDims,
  eye,
  log,
  logDetTriangular,
  logDeterminant,
  matMul,
  mul,
  neg,
  solvePositive,
  sqrt,
  sub,
  sum,
  transpose,
  triangularSolve,
  type Real,
} from '@variate/core/ops'

/** Parameters of a multivariate normal distribution in any of its forms. */
export interface Gaussian {
  readonly loc: Real
  readonly scaleTril?: Real
  readonly covariance?: Real
  readonly precision?: Real
  readonly scaleDiag?: Real
  readonly covFactor?: Real
  readonly covDiag?: Real
}

/** What the divergence asks of a covariance matrix Σ. */
export interface Covariance {
  /** S, of shape [..., d, k], with S·Sᵀ = Σ. */
  readonly factor: () => Tensor
  /** R·M for a matrix R, which may have more rows than columns, with Rᵀ·R = Σ⁻¹. */
  readonly whiten: (M: Tensor) => Tensor
  /** log |det Σ| / 2. */
  readonly halfLogDet: () => Tensor
}

/** The covariance matrix, in the form that its parameters make cheapest. */
export function covarianceOf(p: Gaussian): Covariance {
  if (p.scaleTril !== undefined) return ofTriangle(p.scaleTril as Tensor)
  if (p.covariance !== undefined) return ofTriangle(cholesky(p.covariance as Tensor))
  if (p.precision !== undefined) return ofPrecision(cholesky(p.precision as Tensor))
  if (p.scaleDiag !== undefined) return ofDiagonal(constant(p.scaleDiag))
  return ofLowRank(p.covFactor as Tensor, constant(p.covDiag!))
}

function ofTriangle(L: Tensor): Covariance {
  return {
    factor: () => L,
    whiten: (M) => triangularSolve(L, M),
    halfLogDet: () => logDetTriangular(L),
  }
}

function ofPrecision(L: Tensor): Covariance {
  return {
    factor: () => triangularSolve(L, eye(L.shape.at(-1)!), { transpose: true }),
    whiten: (M) => matMul(transpose(L), M),
    halfLogDet: () => neg(logDetTriangular(L)),
  }
}

function ofDiagonal(scale: Tensor): Covariance {
  return {
    factor: () => diag(scale),
    whiten: (M) => div(M, expandDims(scale, -1)),
    halfLogDet: () => sum(log(scale), -1),
  }
}

/** With A = D^(−½)·W and K = I + AᵀA: |R·M|² is the least value of |D^(−½)·M − A·U|² + |U|², a sum of squares. */
function ofLowRank(W: Tensor, variances: Tensor): Covariance {
  const scale = expandDims(sqrt(variances), -1)
  const A = div(W, scale)
  const K = (): Tensor => add(matMul(A, A, { transposeA: true }), eye(W.shape.at(-1)!))
  return {
    factor: () => concat([W, diag(sqrt(variances))], -1),
    whiten: (M) => {
      const E = div(M, scale)
      const U = solvePositive(K(), matMul(A, E, { transposeA: true }))
      return concat([sub(E, matMul(A, U)), U], -2)
    },
    halfLogDet: () => mul(0.5, add(sum(log(variances), -1), logDeterminant(K()))),
  }
}
