import type { Tensor } from '@tensorflow/tfjs-core'
import {
  abs,
  add,
  clip,
  div,
  drawLogGamma,
  drawNormal,
  greater,
  lbeta,
  lgamma,
  log,
  log1p,
  logDetTriangular,
  matMul,
  max,
  mul,
  reshape,
  splitKey,
  square,
  stopGradient,
  sub,
  tril,
  where,
  type Real,
} from '@variate/core/ops'
import { digammaDifference, stretched } from '@variate/core/internal'
import { lowerCholesky } from './constraints/lowerCholesky.ts'
import { positive } from './constraints/positive.ts'
import { realVector } from './constraints/realVector.ts'
import { define } from './define.ts'
import type {
  Capabilities,
  Distribution,
  Numbers,
  Parameter,
  Reparameterized,
  Vectors,
} from './distribution.ts'
import { eitherOf } from './eitherOf.ts'
import { LARGEST } from './float32.ts'
import { checkLengths, sized } from './sized.ts'
import { solveVector, squaredLength, transform, withAxes } from './vectors.ts'
import { withCovariance, type HasCovariance } from './withCovariance.ts'

const LOG_PI = 1.1447298858494002

export interface MultivariateStudentT
  extends Distribution, Reparameterized, HasCovariance, Pick<Capabilities, 'mean' | 'variance' | 'entropy'> {
  readonly name: 'multivariateStudentT'
  /** Degrees of freedom. */
  readonly df: Parameter
  /** The centre, [..., d]. */
  readonly loc: Parameter
  /** The lower Cholesky factor of the scale matrix, [..., d, d]. */
  readonly scaleTril: Parameter
}

/**
 * The multivariate Student t distribution of vectors x [d], with density
 * Γ((df + d)/2) / (Γ(df/2)·(df·π)^(d/2)·|L|) · (1 + |L⁻¹·(x − loc)|²/df)^(−(df + d)/2), L = scaleTril.
 *
 * The mean exists for df > 1 and variances for df > 2: else they are NaN, variances for 1 < df ≤ 2 infinite.
 *
 * @param df degrees of freedom, > 0.
 * @param loc the centre, of shape [..., d].
 * @param options `scaleTril`: L, lower triangular with a positive diagonal, of shape [..., d, d]; L·Lᵀ is the scale
 * matrix, not the covariance matrix, which is df/(df − 2) times that.
 * @throws DomainError for parameters outside their domain; ShapeError for shapes that do not match or broadcast.
 * @see Kotz and Nadarajah, Multivariate t Distributions and Their Applications (2004), ch. 1.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { multivariateStudentT } from '@variate/distributions'
 *
 * multivariateStudentT(3, [0, 0], { scaleTril: [[2, 0], [1, 1]] }).logProb([1, 1]).arraySync() // => -2.916401
 * ```
 */
export function multivariateStudentT(
  df: Numbers,
  loc: Vectors,
  options: { readonly scaleTril: Vectors },
): MultivariateStudentT {
  const who = 'multivariateStudentT'
  const center = sized(loc, 1, `${who}: loc`)
  const given = eitherOf(who, options, { scaleTril: lowerCholesky })
  const scale = sized(given.scaleTril[0], 2, `${who}: scaleTril`)
  const length = center.event[0]!
  checkLengths(who, 'loc', length, 'scaleTril', scale.event[0]!)
  const half = length / 2
  /** log of Γ(df/2)·(df·π)^(d/2)·|L| / Γ((df + d)/2). */
  const logNormalizer = (df: Real, L: Tensor): Real =>
    add(
      sub(lbeta(mul(0.5, df), half), lgamma(half)),
      add(mul(half, add(log(df), LOG_PI)), logDetTriangular(L)),
    )
  const stretch = (df: Real, rank: number): Real =>
    withAxes(where(greater(df, 2), div(df, sub(df, 2)), where(greater(df, 1), Infinity, NaN)), rank)
  const base = define(
    who,
    {
      df: [df, positive],
      loc: [center.value as Numbers, realVector],
      scaleTril: [scale.value as Numbers, lowerCholesky],
    },
    {
      support: realVector,
      eventShape: [length],
      reparameterized: true,
      draw: ({ df, loc, scaleTril }, key, shape) => {
        const [first, second] = splitKey(key)
        const z = transform(tril(scaleTril as Tensor), drawNormal(first!, shape))
        const logGamma = drawLogGamma(second!, shape.slice(0, -1), mul(0.5, df))
        const logStretch = mul(0.5, sub(log(mul(0.5, df)), logGamma))
        const offset = mul(withAxes(stretched(1, logStretch, 1), 1), z)
        return clip(add(loc, offset) as Tensor, -LARGEST, LARGEST)
      },
      logProb: ({ df, loc, scaleTril }, x) => {
        const L = tril(scaleTril as Tensor)
        const tail = mul(mul(0.5, add(df, length)), logTail(solveVector(L, sub(x, loc)), df))
        return mul(-1, add(logNormalizer(df, L), tail))
      },
      mean: ({ df, loc }) => where(greater(withAxes(df, 1), 1), loc, NaN),
      variance: ({ df, scaleTril }) => mul(stretch(df, 1), squaredLength(tril(scaleTril as Tensor))),
      entropy: ({ df, scaleTril }) => {
        const spreadOut = mul(mul(0.5, add(df, length)), digammaDifference(mul(0.5, df), half))
        return add(logNormalizer(df, scaleTril as Tensor), spreadOut)
      },
    },
  )
  return withCovariance(base, ({ df, scaleTril }) => {
    const L = tril(scaleTril as Tensor)
    return mul(stretch(df, 2), matMul(L, L, { transposeB: true }))
  }) as unknown as MultivariateStudentT
}

/** From here on squares are taken of z divided by its largest element: those of 2e19 are beyond float32. */
const LARGE = 1e6

/** log(1 + |z|²/df). */
function logTail(z: Tensor, df: Real): Tensor {
  const largest = stopGradient(max(abs(z), -1, true))
  const unit = where(greater(largest, LARGE), largest, 1) as Tensor
  const ratio = div(squaredLength(div(z, unit)), df) as Tensor
  const size = reshape(unit, unit.shape.slice(0, -1))
  const far = add(log(add(ratio, square(div(1, size)))), mul(2, log(size)))
  return where(greater(size, 1), far, log1p(ratio))
}
