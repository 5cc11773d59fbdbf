import {
  add,
  div,
  drawGamma,
  gammainc,
  gammaincc,
  gammainccInverse,
  gammaincInverse,
  lgamma,
  log,
  maximum,
  mul,
  sub,
} from '@variate/core/ops'
import { gammaEntropy, logGammaDensityOfRate, weightedMean } from '@variate/core/internal'
import { nonnegative } from './constraints/nonnegative.ts'
import { positive } from './constraints/positive.ts'
import { define } from './define.ts'
import { digammaInverse } from './digammaInverse.ts'
import type {
  Capabilities,
  Distribution,
  ExponentialFamily,
  Numbers,
  Parameter,
  Reparameterized,
} from './distribution.ts'
import { exponentialFamily } from './exponentialFamily.ts'

export interface ChiSquared
  extends
    Distribution,
    Reparameterized,
    ExponentialFamily<ChiSquared>,
    Pick<Capabilities, 'cdf' | 'survival' | 'icdf' | 'mean' | 'variance' | 'entropy'> {
  readonly name: 'chiSquared'
  /** The degrees of freedom. */
  readonly df: Parameter
}

/**
 * The chi-squared distribution, with density x^(df/2 − 1)·exp(−x/2) / (2^(df/2)·Γ(df/2)), for x ≥ 0: that of a sum of
 * df squared standard normals.
 *
 * @param df the degrees of freedom, > 0, whole or not.
 * @throws DomainError for parameters outside their domain; ShapeError for shapes that do not broadcast.
 * @see Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 18.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { chiSquared } from '@variate/distributions'
 *
 * chiSquared(4).logProb([1, 8]).arraySync() // => [-1.8862944, -3.3068528]
 * chiSquared(1).cdf(3.841459).arraySync() // => 0.95
 * ```
 */
export function chiSquared(df: Numbers): ChiSquared {
  const base = define(
    'chiSquared',
    { df: [df, positive] },
    {
      support: nonnegative,
      reparameterized: true,
      draw: ({ df }, key, shape) => drawGamma(key, shape, div(df, 2), 0.5),
      logProb: ({ df }, x) => logGammaDensityOfRate(div(df, 2), 0.5, x),
      cdf: ({ df }, x) => gammainc(div(df, 2), div(maximum(x, 0), 2)),
      survival: ({ df }, x) => gammaincc(div(df, 2), div(maximum(x, 0), 2)),
      icdf: ({ df }, probability) => mul(2, gammaincInverse(div(df, 2), probability)),
      isf: ({ df }, probability) => mul(2, gammainccInverse(div(df, 2), probability)),
      mean: ({ df }) => df,
      variance: ({ df }) => mul(2, df),
      entropy: ({ df }) => add(gammaEntropy(div(df, 2)), Math.LN2),
    },
  )
  return exponentialFamily(base, {
    naturalParameters: ({ df }) => [div(df, 2)],
    sufficientStatistics: (x) => [log(x)],
    logNormalizer: ([half]) => add(lgamma(half!), mul(Math.LN2, half!)),
    logBaseMeasure: (x) => sub(div(x, -2), log(x)),
    estimate: (x, w) => ({ df: mul(2, digammaInverse(sub(weightedMean(log(x), w), Math.LN2))) }),
    make: ({ df }) => chiSquared(df),
  }) as ChiSquared
}
