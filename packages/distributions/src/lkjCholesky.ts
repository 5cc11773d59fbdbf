import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError } from '@variate/core'
import {
  add,
  concat,
  constant,
  diag,
  diagPart,
  div,
  drawLogGamma,
  drawNormal,
  exp,
  fill,
  lbeta,
  lgamma,
  log,
  maximum,
  mul,
  splitKey,
  sqrt,
  stack,
  sub,
  sum,
  tril,
  type Real,
} from '@variate/core/ops'
import { digammaDifference } from '@variate/core/internal'
import { correlationCholesky } from './constraints/correlationCholesky.ts'
import { positive } from './constraints/positive.ts'
import { define } from './define.ts'
import type { Capabilities, Distribution, Numbers, Parameter, Reparameterized } from './distribution.ts'
import { part } from './part.ts'
import { meanOfRoot, varianceOfRoot } from './rootOfBeta.ts'
import { squaredLength, withAxes } from './vectors.ts'

const LOG_PI = 1.1447298858494002
/** So that no diagonal entry is rounded to 0. */
const SMALLEST_LOG_GAMMA = -160

export interface LkjCholesky
  extends Distribution, Reparameterized, Pick<Capabilities, 'mean' | 'variance' | 'entropy'> {
  readonly name: 'lkjCholesky'
  /** How many rows and columns a draw has. */
  readonly dimension: number
  /** 1 for a uniform distribution of correlation matrices; larger ones are nearer to the identity. */
  readonly concentration: Parameter
}

/**
 * The distribution of the Cholesky factor L [d, d] of a correlation matrix R = L·Lᵀ with density in R proportional to
 * |R|^(concentration − 1): with respect to the entries below the diagonal the density of L is
 * ∏ Lₖₖ^(d − k + 2·(concentration − 1)) / c, k = 2 … d counted from 1, c the integral of |R|^(concentration − 1).
 *
 * @param dimension d, a whole number ≥ 2.
 * @param concentration > 0.
 * @throws DomainError for parameters outside their domain.
 * @see Lewandowski, Kurowicka and Joe, Generating random correlation matrices based on vines and extended onion method
 * (2009), theorem 5 for c; draws are its onion: rows of independent normals and the root of twice a gamma, made unit
 * vectors.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { lkjCholesky } from '@variate/distributions'
 *
 * lkjCholesky(2, 1).logProb([[1, 0], [0.6, 0.8]]).arraySync() // => -0.6931472
 * lkjCholesky(3, 2).mean().arraySync() // => [[1, 0, 0], [0, 0.9054148, 0], [0, 0, 0.8]]
 * ```
 */
export function lkjCholesky(dimension: number, concentration: Numbers): LkjCholesky {
  if (!Number.isInteger(dimension) || dimension < 2) {
    throw new DomainError(`lkjCholesky: dimension must be a whole number ≥ 2, got ${dimension}`)
  }
  const rows = Array.from({ length: dimension - 1 }, (_, i) => i + 1)
  /** Lₖₖ² is beta distributed with these and k/2, and exponents of Lₖₖ in the density are 2a − 2; k counts from 0. */
  const a = (concentration: Real, k: number): Real => add(concentration, (dimension - 1 - k) / 2)
  const logNormalizer = (concentration: Real): Real =>
    total(
      rows.map((k) => {
        const area = (k / 2) * LOG_PI - lgamma(k / 2)
        return add(lbeta(add(concentration, (dimension - 1 - k) / 2), k / 2), area)
      }),
    )
  /** One number for each row from the second, beside the batch of the concentration. */
  const beside = (entries: readonly Real[], concentration: Real): Tensor =>
    stack(
      entries.map((entry) => constant(add(mul(0, concentration), entry))),
      -1,
    )
  return define(
    'lkjCholesky',
    { concentration: [concentration, positive] },
    {
      dimension,
      support: correlationCholesky,
      eventShape: [dimension, dimension],
      reparameterized: true,
      draw: ({ concentration }, key, shape) => {
        const [first, second] = splitKey(key)
        const lead = shape.slice(0, -2)
        const shapes = beside(
          rows.map((k) => a(concentration, k)),
          concentration,
        )
        const gammas = maximum(drawLogGamma(second!, [...lead, dimension - 1], shapes), SMALLEST_LOG_GAMMA)
        const roots = exp(mul(0.5, add(gammas, Math.LN2)))
        const diagonal = concat([fill([...lead, 1], 1), roots], -1)
        const free = add(tril(drawNormal(first!, shape), -1), diag(diagonal))
        return div(free, withAxes(sqrt(squaredLength(free)), 1))
      },
      logProb: ({ concentration }, x) => {
        const exponents = beside(
          rows.map((k) => mul(2, sub(a(concentration, k), 1))),
          concentration,
        )
        const logs = sum(mul(exponents, log(part(diagPart(x), 1))), -1)
        // Entries that the density does not depend on pass on their NaN.
        return add(sub(logs, logNormalizer(concentration)), mul(0, sum(x, [-2, -1])))
      },
      mean: ({ concentration }) =>
        diag(beside([1, ...rows.map((k) => meanOfRoot(a(concentration, k), k / 2))], concentration)),
      variance: ({ concentration }) => {
        const diagonal = rows.map((k) => varianceOfRoot(a(concentration, k), k / 2))
        const below = rows.map((k) => div(0.5, add(a(concentration, k), k / 2)))
        const columns = withAxes(beside([0, ...below], concentration), 1)
        const equal = mul(columns, fill([dimension, dimension], 1)) as Tensor
        return add(tril(equal, -1), diag(beside([0, ...diagonal], concentration)))
      },
      entropy: ({ concentration }) => {
        const logs = rows.map((k) =>
          mul(sub(a(concentration, k), 1), digammaDifference(a(concentration, k), k / 2)),
        )
        return add(logNormalizer(concentration), total(logs))
      },
    },
  ) as unknown as LkjCholesky
}

function total(terms: readonly Real[]): Real {
  return terms.reduce((sum, term) => add(sum, term))
}
