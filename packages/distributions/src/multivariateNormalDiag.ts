import type { Tensor } from '@tensorflow/tfjs-core'
import { add, diag, div, drawNormal, expandDims, log, mul, square, sub, sum } from '@variate/core/ops'
import { positiveVector } from './constraints/positiveVector.ts'
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
import { estimateNormal, normalLogNormalizer, normalNaturalParameters } from './normalFamily.ts'
import { checkLengths, sized } from './sized.ts'
import { squaredLength } from './vectors.ts'
import { withCovariance, type HasCovariance } from './withCovariance.ts'

const HALF_LOG_TWO_PI = 0.9189385332046727

export interface MultivariateNormalDiag
  extends
    Distribution,
    Reparameterized,
    HasCovariance,
    ExponentialFamily<MultivariateNormalDiag>,
    Pick<Capabilities, 'mean' | 'variance' | 'entropy'> {
  readonly name: 'multivariateNormalDiag'
  /** The mean, [..., d]. */
  readonly loc: Parameter
  /** The standard deviations, [..., d]. */
  readonly scaleDiag: Parameter
}

/**
 * The normal distribution of vectors x [d] with independent elements, with density
 * ∏ exp(−zᵢ²/2) / (scaleDiagᵢ·√(2π)), z = (x − loc)/scaleDiag.
 *
 * @param loc the mean, of shape [..., d].
 * @param scaleDiag the standard deviations, > 0, of shape [..., d].
 * @throws DomainError for parameters outside their domain; ShapeError for shapes that do not match or broadcast.
 * @see Kotz, Balakrishnan and Johnson, Continuous Multivariate Distributions 1 (2000), ch. 45.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { multivariateNormalDiag } from '@variate/distributions'
 *
 * multivariateNormalDiag([0, 1], [1, 2]).logProb([1, 1]).arraySync() // => -3.031024
 * multivariateNormalDiag([0, 0], [1, 1]).fit([[1, 5], [3, 1]]).variance().arraySync() // => [1, 4]
 * ```
 */
export function multivariateNormalDiag(loc: Vectors, scaleDiag: Vectors): MultivariateNormalDiag {
  const who = 'multivariateNormalDiag'
  const center = sized(loc, 1, `${who}: loc`)
  const scale = sized(scaleDiag, 1, `${who}: scaleDiag`)
  const length = center.event[0]!
  checkLengths(who, 'loc', length, 'scaleDiag', scale.event[0]!)
  const base = define(
    who,
    { loc: [center.value as Numbers, realVector], scaleDiag: [scale.value as Numbers, positiveVector] },
    {
      support: realVector,
      eventShape: [length],
      reparameterized: true,
      draw: ({ loc, scaleDiag }, key, shape) => add(loc, mul(scaleDiag, drawNormal(key, shape))),
      logProb: ({ loc, scaleDiag }, x) => {
        const z = div(sub(x, loc), scaleDiag)
        return sub(mul(-0.5, squaredLength(z)), add(logDet(scaleDiag as Tensor), length * HALF_LOG_TWO_PI))
      },
      mean: ({ loc }) => loc,
      variance: ({ scaleDiag }) => square(scaleDiag),
      entropy: ({ scaleDiag }) => add(logDet(scaleDiag as Tensor), length * (HALF_LOG_TWO_PI + 0.5)),
    },
  )
  const complete = withCovariance(base, ({ scaleDiag }) => diag(square(scaleDiag) as Tensor))
  return exponentialFamily(complete, {
    ranks: [1, 1],
    naturalParameters: ({ loc, scaleDiag }) => normalNaturalParameters({ loc, scale: scaleDiag }),
    sufficientStatistics: (x) => [x, square(x)],
    logNormalizer: (eta) => sum(normalLogNormalizer(eta) as Tensor, -1),
    logBaseMeasure: () => -length * HALF_LOG_TWO_PI,
    estimate: (x, w) => {
      const { loc, scale } = estimateNormal(x, expandDims(w, -1))
      return { loc, scaleDiag: scale }
    },
    make: (p) => multivariateNormalDiag(p.loc, p.scaleDiag),
  }) as MultivariateNormalDiag
}

function logDet(scaleDiag: Tensor): Tensor {
  return sum(log(scaleDiag), -1)
}
