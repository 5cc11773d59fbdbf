import type { Tensor } from '@tensorflow/tfjs-core'
import {
  add,
  cholesky,
  constant,
  diag,
  diagPart,
  digamma,
  drawLogGamma,
  drawNormal,
  exp,
  log,
  logDetTriangular,
  matMul,
  maximum,
  mul,
  splitKey,
  square,
  sub,
  sum,
  transpose,
  tril,
  type AnyKey,
  type Real,
} from '@variate/core/ops'
import { logGammaDensity, logMinusDigamma } from '@variate/core/internal'
import { lowerCholesky } from './constraints/lowerCholesky.ts'
import { positiveDefinite } from './constraints/positiveDefinite.ts'
import type { Shape, Vectors } from './distribution.ts'
import { eitherOf } from './eitherOf.ts'
import type { Given } from './parameters.ts'
import { withAxes } from './vectors.ts'

/**
 * What Wishart and inverse Wishart densities share. A Wishart matrix with scale matrix I is C·Cᵀ for a lower-triangular
 * C of independent entries: standard normal below the diagonal, and Cᵢᵢ²/2 gamma distributed with concentration
 * (df − i)/2 (Bartlett 1933). Densities written in C take each gamma density whole, so that the large terms of a large
 * df never stand alone and nothing cancels.
 */

const LOG_TWO_PI = 1.8378770664093456
/** The scale matrix, or its Cholesky factor: one of the two. */
export type ScaleOptions =
  | { readonly scaleTril: Vectors; readonly scale?: undefined }
  | { readonly scale: Vectors; readonly scaleTril?: undefined }

export interface ScaleParameters {
  readonly scaleTril?: Real
  readonly scale?: Real
}

/** @throws DomainError unless exactly one is given. */
export function scaleOf(who: string, options: ScaleOptions): Given<'scaleTril' | 'scale'> {
  return eitherOf(who, options, { scaleTril: lowerCholesky, scale: positiveDefinite })
}

/** The triangle alone, so that derivatives above it are 0. */
export function triangleOf({ scaleTril, scale }: ScaleParameters): Tensor {
  return scaleTril === undefined ? cholesky(scale as Tensor) : tril(scaleTril as Tensor)
}

export function matrixOf({ scaleTril, scale }: ScaleParameters): Tensor {
  if (scaleTril === undefined) return scale as Tensor
  const L = tril(scaleTril as Tensor)
  return matMul(L, L, { transposeB: true })
}

/** The Cholesky factor of a matrix: of its lower triangle, in which NaN above it is not to be lost. */
export function factorOf(x: Tensor): Tensor {
  return cholesky(add(x, mul(0, transpose(x))))
}

/** What is added to the log densities of a factor's entries, so that they are that of the matrix. */
export interface Change {
  /** The concentrations (df − i)/2 of the diagonal entries, by `concentrations`. */
  readonly concentrations: Tensor
  /** The powers of the diagonal entries in the Jacobian. */
  readonly powers: readonly number[]
  /** The triangle of the scale matrix. */
  readonly L: Tensor
}

/** (df − i)/2 for i = 0 … p − 1, or in the order p − 1 … 0, along a new last axis. */
export function concentrations(df: Real, p: number, descending = false): Tensor {
  const order = Array.from({ length: p }, (_, i) => (descending ? p - 1 - i : i))
  return mul(0.5, sub(withAxes(df, 1), constant(order)))
}

/** The log density of a matrix by its factor C. */
export function logDensityOfFactor(C: Tensor, { concentrations, powers, L }: Change): Tensor {
  const p = powers.length
  const c = diagPart(C)
  const gammas = logGammaDensity(concentrations, mul(0.5, square(c)))
  const diagonal = sum(add(gammas, mul(constant(powers), log(c))), -1)
  const below = mul(0.5, sum(square(tril(C, -1)), [-2, -1]))
  const constants = p * Math.LN2 + (p * (p - 1) * LOG_TWO_PI) / 4
  return sub(sub(diagonal, below), add(mul(p + 1, logDetTriangular(L)), constants))
}

/** The entropy of the matrix: minus the expectation of the same. */
export function entropyOfFactor({ concentrations: a, powers, L }: Change): Tensor {
  const p = powers.length
  // That of a gamma distribution is −log p(a) + (a − 1)·(log a − ψ(a)).
  const gammas = sub(mul(sub(a, 1), logMinusDigamma(a, a)), logGammaDensity(a, a))
  const logs = mul(constant(powers), mul(0.5, add(Math.LN2, digamma(a))))
  const constants = p * Math.LN2 + (p * (p - 1) * (LOG_TWO_PI + 1)) / 4
  return add(sum(sub(gammas, logs), -1), add(mul(p + 1, logDetTriangular(L)), constants))
}

/**
 * Draws of C.
 *
 * @param least the least logarithm of a gamma draw, so that float32 holds the matrix: near the bound of df many a true
 * draw is beyond it.
 */
export function drawFactor(key: AnyKey, shape: Shape, a: Tensor, least: number): Tensor {
  const [first, second] = splitKey(key)
  const logGamma = maximum(drawLogGamma(second!, shape.slice(0, -1), a), least)
  const diagonal = exp(mul(0.5, add(logGamma, Math.LN2)))
  return add(tril(drawNormal(first!, shape), -1), diag(diagonal))
}

/**
 * T·Tᵀ, with its diagonal raised by a few units in the last place: rounding to float32 would leave some of the almost
 * singular matrices not positive definite.
 */
export function squareOf(T: Tensor): Tensor {
  const product = matMul(T, T, { transposeB: true })
  return add(product, diag(mul((T.shape.at(-1)! + 1) * 2 ** -22, diagPart(product))))
}
