import type { Tensor } from '@tensorflow/tfjs-core'
import {
  add,
  constant,
  drawNormal,
  expandDims,
  logDeterminant,
  matMul,
  matVec,
  mul,
  outer,
  sqrt,
  squaredMahalanobis,
  sub,
  transpose,
  type Real,
} from '@variate/core/ops'
import { weightedMean } from '@variate/core/internal'
import { realVector } from './constraints/realVector.ts'
import { define } from './define.ts'
import type {
  Capabilities,
  Distribution,
  ExponentialFamily,
  Numbers,
  Parameter,
  Reparameterized,
  Vectors,
} from './distribution.ts'
import { exponentialFamily } from './exponentialFamily.ts'
import { checkLengths, sized } from './sized.ts'
import { spread, spreadOf, type SpreadOptions } from './spread.ts'
import { withCovariance, type HasCovariance } from './withCovariance.ts'

const HALF_LOG_TWO_PI = 0.9189385332046727

export interface MultivariateNormal
  extends
    Distribution,
    Reparameterized,
    HasCovariance,
    ExponentialFamily<MultivariateNormal>,
    Pick<Capabilities, 'mean' | 'variance' | 'entropy'> {
  readonly name: 'multivariateNormal'
  /** The mean, [..., d]. */
  readonly loc: Parameter
  /** The lower Cholesky factor of the covariance matrix, [..., d, d]; only if it was given. */
  readonly scaleTril?: Parameter
  /** The covariance matrix; only if it was given. */
  readonly covariance?: Parameter
  /** The inverse of the covariance matrix; only if it was given. */
  readonly precision?: Parameter
}

/**
 * The multivariate normal distribution of vectors x [d], with density
 * exp(−(x − loc)ᵀ·Σ⁻¹·(x − loc)/2) / √((2π)ᵈ·|Σ|).
 *
 * @param loc the mean, of shape [..., d].
 * @param options one of `scaleTril` (L, lower triangular with a positive diagonal, Σ = L·Lᵀ), `covariance` (Σ) and
 * `precision` (Σ⁻¹), symmetric and positive definite, each of shape [..., d, d].
 * @throws DomainError for parameters outside their domain, and unless exactly one matrix is given; ShapeError for
 * shapes that do not match or broadcast.
 * @see Kotz, Balakrishnan and Johnson, Continuous Multivariate Distributions 1 (2000), ch. 45.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { multivariateNormal } from '@variate/distributions'
 *
 * const d = multivariateNormal([1, -1], { scaleTril: [[2, 0], [1, 1]] })
 * d.logProb([0, 0]).arraySync() // => -3.781024
 * d.covarianceMatrix().arraySync() // => [[4, 2], [2, 2]]
 * multivariateNormal([0, 0], { covariance: [[1, 0.9], [0.9, 1]] }).entropy().arraySync() // => 2.00751
 * ```
 */
export function multivariateNormal(loc: Vectors, options: SpreadOptions): MultivariateNormal {
  const who = 'multivariateNormal'
  const center = sized(loc, 1, `${who}: loc`)
  const given = spreadOf(who, options)
  const [kind, [matrix, constraint]] = Object.entries(given)[0]!
  const scale = sized(matrix, 2, `${who}: ${kind}`)
  const length = center.event[0]!
  checkLengths(who, 'loc', length, kind, scale.event[0]!)
  const base = define(
    who,
    {
      loc: [center.value as Numbers, realVector],
      [kind as 'scaleTril']: [scale.value as Numbers, constraint],
    },
    {
      support: realVector,
      eventShape: [length],
      reparameterized: true,
      draw: (p, key, shape) => add(p.loc, spread(p).scatter(drawNormal(key, shape))),
      logProb: (p, x) => {
        const { quadratic, halfLogDet } = spread(p)
        return sub(mul(-0.5, quadratic(sub(x, p.loc))), add(halfLogDet(), length * HALF_LOG_TWO_PI))
      },
      mean: ({ loc }) => loc,
      variance: (p) => spread(p).variance(),
      entropy: (p) => add(spread(p).halfLogDet(), length * (HALF_LOG_TWO_PI + 0.5)),
    },
  )
  const complete = withCovariance(base, (p) => spread(p).covariance())
  return exponentialFamily(complete, {
    ranks: [1, 2],
    naturalParameters: (p) => {
      const precision = spread(p).precision()
      return [matVec(precision, p.loc as Tensor), mul(-0.5, precision)]
    },
    sufficientStatistics: (x) => [x, outer(x, x)],
    logNormalizer: ([linear, quadratic]) => {
      const precision = mul(-2, quadratic!) as Tensor
      const distance = squaredMahalanobis(precision, linear as Tensor)
      return mul(0.5, sub(distance, logDeterminant(precision)))
    },
    logBaseMeasure: () => -length * HALF_LOG_TWO_PI,
    estimate: (x, w) => {
      const loc = weightedMean(x, expandDims(w, -1))
      return { loc, covariance: weightedScatter(sub(x, loc), w) }
    },
    make: ({ loc, covariance }) => multivariateNormal(loc, { covariance }),
  }) as MultivariateNormal
}

/** Σ w·x·xᵀ over the first axis of x [n, ..., d]. */
function weightedScatter(x: Real, w: Tensor): Tensor {
  const rows = constant(mul(x, expandDims(sqrt(w), -1)))
  const last = rows.rank - 1
  const order = [...Array.from({ length: last - 1 }, (_, i) => i + 1), last, 0]
  const columns = transpose(rows, order)
  return matMul(columns, columns, { transposeB: true })
}
