import type { Tensor } from '@tensorflow/tfjs-core'
import {
  cholesky,
  choleskySolve,
  diagPart,
  eye,
  logDetTriangular,
  logDeterminant,
  matMul,
  matVec,
  mul,
  solvePositive,
  squaredMahalanobis,
  sum,
  tril,
  type Real,
} from '@variate/core/ops'
import { lowerCholesky } from './constraints/lowerCholesky.ts'
import { positiveDefinite } from './constraints/positiveDefinite.ts'
import type { Vectors } from './distribution.ts'
import { eitherOf } from './eitherOf.ts'
import type { Given } from './parameters.ts'
import { solveVector, squaredLength, transform } from './vectors.ts'

/** The covariance matrix Σ of vectors [d], by one of three. */
export type SpreadOptions =
  | { readonly scaleTril: Vectors; readonly covariance?: undefined; readonly precision?: undefined }
  | { readonly covariance: Vectors; readonly scaleTril?: undefined; readonly precision?: undefined }
  | { readonly precision: Vectors; readonly scaleTril?: undefined; readonly covariance?: undefined }

/** The same as ops take it. */
export interface SpreadParameters {
  /** L with L·Lᵀ = Σ, lower triangular with a positive diagonal. */
  readonly scaleTril?: Real
  /** Σ. */
  readonly covariance?: Real
  /** Σ⁻¹. */
  readonly precision?: Real
}

/** What formulas ask of a covariance matrix; each way to give one has its own shortest and most exact answers. */
export interface Spread {
  /** xᵀ·Σ⁻¹·x. */
  quadratic(x: Tensor): Tensor
  /** log |det Σ| / 2. */
  halfLogDet(): Tensor
  /** R·z for a matrix R with R·Rᵀ = Σ. */
  scatter(z: Tensor): Tensor
  covariance(): Tensor
  /** The diagonal of Σ. */
  variance(): Tensor
  precision(): Tensor
}

/** @throws DomainError unless exactly one is given. */
export function spreadOf(
  who: string,
  options: SpreadOptions,
): Given<'scaleTril' | 'covariance' | 'precision'> {
  return eitherOf(who, options, {
    scaleTril: lowerCholesky,
    covariance: positiveDefinite,
    precision: positiveDefinite,
  })
}

export function spread({ scaleTril, covariance, precision }: SpreadParameters): Spread {
  // The triangle alone, so that derivatives above it are 0.
  if (scaleTril !== undefined) return ofTriangle(tril(scaleTril as Tensor))
  if (covariance !== undefined) return ofCovariance(covariance as Tensor)
  return ofPrecision(precision as Tensor)
}

function ofTriangle(L: Tensor): Spread {
  return {
    quadratic: (x) => squaredLength(solveVector(L, x)),
    halfLogDet: () => logDetTriangular(L),
    scatter: (z) => transform(L, z),
    covariance: () => matMul(L, L, { transposeB: true }),
    variance: () => squaredLength(L),
    precision: () => choleskySolve(L, identityLike(L)),
  }
}

function ofCovariance(covariance: Tensor): Spread {
  return {
    quadratic: (x) => squaredMahalanobis(covariance, x),
    halfLogDet: () => mul(0.5, logDeterminant(covariance)),
    scatter: (z) => transform(cholesky(covariance), z),
    covariance: () => covariance,
    variance: () => diagPart(covariance),
    precision: () => solvePositive(covariance, identityLike(covariance)),
  }
}

function ofPrecision(precision: Tensor): Spread {
  const covariance = (): Tensor => solvePositive(precision, identityLike(precision))
  return {
    quadratic: (x) => sum(mul(x, matVec(precision, x)), -1),
    halfLogDet: () => mul(-0.5, logDeterminant(precision)),
    scatter: (z) => solveVector(cholesky(precision), z, true),
    covariance,
    variance: () => diagPart(covariance()),
    precision: () => precision,
  }
}

function identityLike(matrix: Tensor): Tensor {
  return eye(matrix.shape.at(-1)!)
}
