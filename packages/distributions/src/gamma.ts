import {
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
  sub,
} from '@variate/core/ops'
import { gammaEntropy, logGammaDensityOfRate, weightedMean } from '@variate/core/internal'
import { nonnegative } from './constraints/nonnegative.ts'
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

export interface Gamma
  extends
    Distribution,
    Reparameterized,
    ExponentialFamily<Gamma>,
    Pick<Capabilities, 'cdf' | 'survival' | 'icdf' | 'mean' | 'variance' | 'entropy'> {
  readonly name: 'gamma'
  /** The shape: with a whole number, that many exponential waiting times in a row. */
  readonly concentration: Parameter
  /** 1 / scale. */
  readonly rate: Parameter
}

/**
 * The gamma distribution, with density rate^a·x^(a − 1)·exp(−rate·x) / Γ(a), a = concentration, for x ≥ 0. Draws are
 * differentiable in both parameters, by implicit reparameterization.
 *
 * @param concentration the shape, > 0.
 * @param rate 1 / scale, > 0.
 * @throws DomainError for parameters outside their domain; ShapeError for shapes that do not broadcast.
 * @see Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 17; Figurnov, Mohamed and
 * Mnih 2018, “Implicit reparameterization gradients”; Minka 2002, “Estimating a Gamma distribution”.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { gamma } from '@variate/distributions'
 *
 * gamma(2.5, 3).logProb([0.5, 4]).arraySync() // => [-0.0778729, -7.45871]
 * gamma(2.5, 3).cdf(1).arraySync() // => 0.6937811
 * ```
 */
export function gamma(concentration: Numbers, rate: Numbers): Gamma {
  const base = define(
    'gamma',
    { concentration: [concentration, positive], rate: [rate, positive] },
    {
      support: nonnegative,
      reparameterized: true,
      draw: (p, key, shape) => drawGamma(key, shape, p.concentration, p.rate),
      logProb: (p, x) => logGammaDensityOfRate(p.concentration, p.rate, x),
      cdf: (p, x) => gammainc(p.concentration, mul(p.rate, maximum(x, 0))),
      survival: (p, x) => gammaincc(p.concentration, mul(p.rate, maximum(x, 0))),
      icdf: (p, probability) => div(gammaincInverse(p.concentration, probability), p.rate),
      isf: (p, probability) => div(gammainccInverse(p.concentration, probability), p.rate),
      mean: (p) => div(p.concentration, p.rate),
      variance: (p) => div(p.concentration, square(p.rate)),
      entropy: (p) => sub(gammaEntropy(p.concentration), log(p.rate)),
    },
  )
  return exponentialFamily(base, {
    naturalParameters: (p) => [p.concentration, neg(p.rate)],
    sufficientStatistics: (x) => [log(x), x],
    logNormalizer: ([a, slope]) => sub(lgamma(a!), mul(a!, log(neg(slope!)))),
    logBaseMeasure: (x) => neg(log(x)),
    estimate: (x, w) => {
      const mean = weightedMean(x, w)
      const a = gammaConcentration(logDispersion(x, mean, w))
      return { concentration: a, rate: div(a, mean) }
    },
    make: (p) => gamma(p.concentration, p.rate),
  }) as Gamma
}
