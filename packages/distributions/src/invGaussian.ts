import {
  add,
  clip,
  div,
  drawInverseGaussian,
  log,
  maximum,
  mul,
  neg,
  sqrt,
  square,
  sub,
  sum,
} from '@variate/core/ops'
import {
  inverseGaussianCdf,
  inverseGaussianQuantile,
  logInverseGaussianDensity,
  meanLogInverseGaussian,
  weightedMean,
} from '@variate/core/internal'
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
import { LARGEST, SMALLEST } from './float32.ts'

const HALF_LOG_TWO_PI = 0.9189385332046727

export interface InvGaussian
  extends
    Distribution,
    Reparameterized,
    ExponentialFamily<InvGaussian>,
    Pick<Capabilities, 'cdf' | 'icdf' | 'mean' | 'variance' | 'entropy'> {
  readonly name: 'invGaussian'
  /** The mean μ; in `parameters`, for here `mean` is the method. */
  readonly parameters: Readonly<Record<'mean' | 'concentration', Parameter>>
  /** The shape λ: the variance is μ³/λ. */
  readonly concentration: Parameter
}

/**
 * The inverse Gaussian (Wald) distribution, with density √(λ/(2πx³))·exp(−λ·(x − μ)²/(2μ²x)), μ = mean,
 * λ = concentration, for x > 0: when a Brownian motion with drift first reaches a level. Draws are differentiable in
 * both parameters, by implicit reparameterization.
 *
 * @param mean μ > 0.
 * @param concentration the shape λ > 0.
 * @throws DomainError for parameters outside their domain; ShapeError for shapes that do not broadcast.
 * @see Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 15.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { invGaussian } from '@variate/distributions'
 *
 * invGaussian(1, 2).logProb([0.5, 1, 4]).arraySync() // => [-0.0326442, -0.572365, -4.90181]
 * invGaussian(1, 2).cdf(1).arraySync() // => 0.6276978
 * ```
 */
export function invGaussian(mean: Numbers, concentration: Numbers): InvGaussian {
  const base = define(
    'invGaussian',
    { mean: [mean, positive], concentration: [concentration, positive] },
    {
      support: positive,
      reparameterized: true,
      draw: (p, key, shape) =>
        clip(drawInverseGaussian(key, shape, p.mean, p.concentration), SMALLEST, LARGEST),
      logProb: (p, x) => logInverseGaussianDensity(p.mean, p.concentration, x),
      cdf: (p, x) => inverseGaussianCdf(p.mean, p.concentration, maximum(x, 0)),
      icdf: (p, probability) => inverseGaussianQuantile(p.mean, p.concentration, probability),
      mean: (p) => p.mean,
      variance: (p) => mul(square(p.mean), div(p.mean, p.concentration)),
      entropy: (p) =>
        add(
          sub(HALF_LOG_TWO_PI + 0.5, mul(0.5, log(p.concentration))),
          mul(1.5, meanLogInverseGaussian(p.mean, p.concentration)),
        ),
    },
  )
  return exponentialFamily(base, {
    naturalParameters: (p) => [
      mul(-0.5, div(div(p.concentration, p.mean), p.mean)),
      mul(-0.5, p.concentration),
    ],
    sufficientStatistics: (x) => [x, div(1, x)],
    logNormalizer: ([ofX, ofReciprocal]) =>
      neg(add(mul(2, mul(sqrt(neg(ofX!)), sqrt(neg(ofReciprocal!)))), mul(0.5, log(mul(-2, ofReciprocal!))))),
    logBaseMeasure: (x) => sub(mul(-1.5, log(x)), HALF_LOG_TWO_PI),
    estimate: (x, w) => {
      const mean = weightedMean(x, w)
      const deviation = div(sub(x, mean), mean)
      // Σ w·(1/x − 1/mean), without cancellation.
      const reciprocal = sum(mul(w, div(square(deviation), x)), 0)
      return { mean, concentration: div(1, reciprocal) }
    },
    make: (p) => invGaussian(p.mean, p.concentration),
  }) as InvGaussian
}
