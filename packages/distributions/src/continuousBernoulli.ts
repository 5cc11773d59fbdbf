import { clip, drawUniform, mul, sub } from '@variate/core/ops'
import { logTilt, tiltCdf, tiltCumulant, tiltQuantile, weightedMean } from '@variate/core/internal'
import { unitInterval } from './constraints/unitInterval.ts'
import { openUnitInterval } from './constraints/openUnitInterval.ts'
import { define } from './define.ts'
import type {
  Capabilities,
  Distribution,
  ExponentialFamily,
  Parameter,
  Reparameterized,
} from './distribution.ts'
import { exponentialFamily } from './exponentialFamily.ts'
import { logitsOf, oddsOf, type ProbsOrLogits } from './odds.ts'
import { tiltOfMean } from './tiltOfMean.ts'

export interface ContinuousBernoulli
  extends
    Distribution,
    Reparameterized,
    ExponentialFamily<ContinuousBernoulli>,
    Pick<Capabilities, 'cdf' | 'icdf' | 'mean' | 'variance' | 'entropy'> {
  readonly name: 'continuousBernoulli'
  /** p, if it was given; not the mean, which is nearer to ½. */
  readonly probs?: Parameter
  /** log(p/(1 − p)), if it was given. */
  readonly logits?: Parameter
}

/**
 * The continuous Bernoulli distribution, with density C·p^x·(1 − p)^(1 − x), C = 2·atanh(1 − 2p)/(1 − 2p) or 2 at
 * p = ½, for 0 ≤ x ≤ 1: a density for grey pixels, for which the Bernoulli distribution has none.
 *
 * @param options.probs p, between 0 and 1; or
 * @param options.logits log(p/(1 − p)), any real number.
 * @throws DomainError for parameters outside their domain, and unless exactly one of probs and logits is given;
 * ShapeError for shapes that do not broadcast.
 * @see Loaiza-Ganem and Cunningham 2019, “The continuous Bernoulli: fixing a pervasive error in variational
 * autoencoders”.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { continuousBernoulli } from '@variate/distributions'
 *
 * continuousBernoulli({ probs: 0.5 }).logProb([0, 0.3]).arraySync() // => [0, 0]
 * continuousBernoulli({ probs: 0.3 }).logProb([0, 0.5, 1]).arraySync() // => [0.3939128, -0.0297361, -0.4533851]
 * continuousBernoulli({ logits: 2 }).mean().arraySync() // => 0.6565176
 * ```
 */
export function continuousBernoulli(options: ProbsOrLogits): ContinuousBernoulli {
  const base = define('continuousBernoulli', oddsOf('continuousBernoulli', options, openUnitInterval), {
    support: unitInterval,
    reparameterized: true,
    draw: (p, key, shape) => tiltQuantile(drawUniform(key, shape), logitsOf(p)),
    logProb: (p, x) => logTilt(x, logitsOf(p)),
    cdf: (p, x) => tiltCdf(clip(x, 0, 1), logitsOf(p)),
    icdf: (p, probability) => tiltQuantile(probability, logitsOf(p)),
    mean: (p) => tiltCumulant(1, logitsOf(p)),
    variance: (p) => tiltCumulant(2, logitsOf(p)),
    entropy: (p) => {
      const logits = logitsOf(p)
      return mul(-1, logTilt(tiltCumulant(1, logits), logits))
    },
  })
  return exponentialFamily(base, {
    naturalParameters: (p) => [logitsOf(p)],
    sufficientStatistics: (x) => [x],
    logNormalizer: ([eta]) => tiltCumulant(0, eta!),
    logBaseMeasure: () => 0,
    estimate: (x, w) => ({ logits: tiltOfMean(weightedMean(sub(x, 0.5), w)) }),
    make: ({ logits }) => continuousBernoulli({ logits }),
  }) as ContinuousBernoulli
}
