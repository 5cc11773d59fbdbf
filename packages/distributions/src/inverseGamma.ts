import {
  add,
  digamma,
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
  neg,
  square,
  stopGradient,
  sub,
} from '@variate/core/ops'
import { gammaEntropy, logInverseGammaDensity, weightedMean } from '@variate/core/internal'
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
import { gammaConcentration, logDispersion } from './gammaConcentration.ts'
import { momentIf } from './momentIf.ts'
import { LARGEST, SMALLEST } from './float32.ts'

export interface InverseGamma
  extends
    Distribution,
    Reparameterized,
    ExponentialFamily<InverseGamma>,
    Pick<Capabilities, 'cdf' | 'survival' | 'icdf' | 'mean' | 'variance' | 'entropy'> {
  readonly name: 'inverseGamma'
  /** The shape: moments of lower order are finite. */
  readonly concentration: Parameter
  /** The rate of 1/x, and so the scale of x. */
  readonly rate: Parameter
}

/**
 * The inverse gamma distribution, with density rate^a·x^(−a − 1)·exp(−rate/x) / Γ(a), a = concentration, for x > 0:
 * that of 1/y for y from gamma(concentration, rate).
 *
 * @param concentration the shape, > 0. The mean is ∞ up to 1, the variance up to 2.
 * @param rate the scale of x, > 0.
 * @throws DomainError for parameters outside their domain; ShapeError for shapes that do not broadcast.
 * @see Gelman et al., Bayesian Data Analysis (3rd ed., 2013), appendix A.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { inverseGamma } from '@variate/distributions'
 *
 * inverseGamma(3, 2).logProb([0.5, 4]).arraySync() // => [0.1588831, -4.6588831]
 * inverseGamma(3, 2).mean().arraySync() // => 1
 * ```
 */
export function inverseGamma(concentration: Numbers, rate: Numbers): InverseGamma {
  const base = define(
    'inverseGamma',
    { concentration: [concentration, positive], rate: [rate, positive] },
    {
      support: positive,
      reparameterized: true,
      draw: (p, key, shape) => {
        const least = stopGradient(maximum(div(p.rate, LARGEST / 2), SMALLEST))
        return maximum(div(p.rate, maximum(drawGamma(key, shape, p.concentration), least)), SMALLEST)
      },
      logProb: (p, x) => logInverseGammaDensity(p.concentration, p.rate, x),
      cdf: (p, x) => gammaincc(p.concentration, div(p.rate, maximum(x, 0))),
      survival: (p, x) => gammainc(p.concentration, div(p.rate, maximum(x, 0))),
      icdf: (p, probability) => div(p.rate, gammainccInverse(p.concentration, probability)),
      isf: (p, probability) => div(p.rate, gammaincInverse(p.concentration, probability)),
      mean: (p) => momentIf(p.concentration, 1, (excess) => div(p.rate, excess)),
      variance: (p) =>
        momentIf(p.concentration, 2, (excess) => div(square(div(p.rate, add(excess, 1))), excess)),
      entropy: (p) => sub(add(gammaEntropy(p.concentration), log(p.rate)), mul(2, digamma(p.concentration))),
    },
  )
  return exponentialFamily(base, {
    naturalParameters: (p) => [neg(p.concentration), neg(p.rate)],
    sufficientStatistics: (x) => [log(x), div(1, x)],
    logNormalizer: ([power, slope]) => {
      const a = neg(power!)
      return sub(lgamma(a), mul(a, log(neg(slope!))))
    },
    logBaseMeasure: (x) => neg(log(x)),
    estimate: (x, w) => {
      const y = div(1, x)
      const mean = weightedMean(y, w)
      const a = gammaConcentration(logDispersion(y, mean, w))
      return { concentration: a, rate: div(a, mean) }
    },
    make: (p) => inverseGamma(p.concentration, p.rate),
  }) as InverseGamma
}
