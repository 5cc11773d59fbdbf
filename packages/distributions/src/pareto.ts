import {
  add,
  div,
  drawUniform,
  exp,
  expm1,
  log,
  log1p,
  maximum,
  mul,
  neg,
  square,
  sub,
} from '@variate/core/ops'
import { logRatio, stretched, weightedMean } from '@variate/core/internal'
import { atLeast } from './constraints/atLeast.ts'
import { positive } from './constraints/positive.ts'
import { define } from './define.ts'
import type {
  Capabilities,
  Distribution,
  ExponentialFamily,
  Numbers,
  Parameter,
  Reparameterized,
} from './distribution.ts'
import { exponentialFamily } from './exponentialFamily.ts'
import { momentIf } from './momentIf.ts'

export interface Pareto
  extends
    Distribution,
    Reparameterized,
    ExponentialFamily<Pareto>,
    Pick<Capabilities, 'cdf' | 'survival' | 'icdf' | 'mean' | 'variance' | 'entropy'> {
  readonly name: 'pareto'
  /** The least value. */
  readonly scale: Parameter
  /** The tail index: moments of lower order are finite. */
  readonly alpha: Parameter
}

/**
 * The Pareto distribution, with density (alpha/x)·(scale/x)^alpha, for x ≥ scale. As an exponential family, and for
 * `fit`, its scale is known.
 *
 * @param scale the least value, > 0.
 * @param alpha the tail index, > 0. The mean is ∞ up to 1, the variance up to 2.
 * @throws DomainError for parameters outside their domain; ShapeError for shapes that do not broadcast.
 * @see Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 20.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { pareto } from '@variate/distributions'
 *
 * pareto(1, 2).logProb([0.5, 1, 4]).arraySync() // => [-Infinity, 0.6931472, -3.4657359]
 * pareto(1, 2).cdf(4).arraySync() // => 0.9375
 * ```
 */
export function pareto(scale: Numbers, alpha: Numbers): Pareto {
  const base = define(
    'pareto',
    { scale: [scale, positive], alpha: [alpha, positive] },
    {
      support: () => atLeast(scale),
      reparameterized: true,
      draw: ({ scale, alpha }, key, shape) =>
        maximum(stretched(scale, neg(log(drawUniform(key, shape))), alpha), scale),
      logProb: ({ scale, alpha }, x) => sub(sub(log(alpha), log(x)), mul(alpha, logRatio(x, scale))),
      cdf: ({ scale, alpha }, x) => neg(expm1(neg(mul(alpha, logRatio(maximum(x, scale), scale))))),
      survival: ({ scale, alpha }, x) => exp(neg(mul(alpha, logRatio(maximum(x, scale), scale)))),
      icdf: ({ scale, alpha }, probability) => mul(scale, exp(neg(div(log1p(neg(probability)), alpha)))),
      isf: ({ scale, alpha }, probability) => mul(scale, exp(neg(div(log(probability), alpha)))),
      mean: ({ scale, alpha }) => momentIf(alpha, 1, (excess) => mul(scale, div(alpha, excess))),
      variance: ({ scale, alpha }) =>
        momentIf(alpha, 2, (excess) => mul(square(div(scale, add(excess, 1))), div(alpha, excess))),
      entropy: ({ scale, alpha }) => add(log(div(scale, alpha)), add(div(1, alpha), 1)),
    },
  )
  return exponentialFamily(base, {
    naturalParameters: ({ alpha }) => [neg(alpha)],
    sufficientStatistics: (x) => [log(x)],
    logNormalizer: ([eta], { scale }) => sub(mul(eta!, log(scale)), log(neg(eta!))),
    logBaseMeasure: (x) => neg(log(x)),
    estimate: (x, w, { scale }) => ({ alpha: div(1, weightedMean(logRatio(x, scale), w)) }),
    make: (p) => pareto(scale, p.alpha),
  }) as Pareto
}
