import {
  add,
  div,
  logNegativeBinomialOfMean,
  negativeBinomialCdf,
  negativeBinomialQuantile,
  square,
  type Real,
} from '@variate/core/ops'
import { nonnegativeInteger } from './constraints/nonnegativeInteger.ts'
import { positive } from './constraints/positive.ts'
import { define, type Resolved } from './define.ts'
import type { Capabilities, Distribution, Numbers, Parameter } from './distribution.ts'
import { drawByRate } from './negativeBinomial.ts'

export interface NegativeBinomial2
  extends Distribution, Pick<Capabilities, 'cdf' | 'icdf' | 'mean' | 'variance'> {
  readonly name: 'negativeBinomial2'
  /** The mean is found here only, for the member of this name is the method. */
  readonly parameters: { readonly mean: Parameter; readonly concentration: Parameter }
  /** How near to a Poisson distribution it is: the variance is mean + mean² / concentration. */
  readonly concentration: Parameter
}

type P = Resolved<'mean' | 'concentration'>

/**
 * The negative binomial distribution by its mean and a concentration r, with probability
 * Γ(x + r) / (x!·Γ(r))·(mean/(mean + r))ˣ·(r/(mean + r))ʳ of x = 0, 1, 2, … Its variance is mean + mean²/r: as r
 * grows it becomes the Poisson distribution.
 *
 * @param mean > 0.
 * @param concentration r > 0; 1/r is often called the dispersion.
 * @throws DomainError for parameters outside their domain; ShapeError for shapes that do not broadcast;
 * NumericalError by `sample` for a count above 2³¹ − 1, for draws are int32.
 * @see Hilbe, Negative Binomial Regression (2011), ch. 8 (the model NB2).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { negativeBinomial2 } from '@variate/distributions'
 *
 * negativeBinomial2(4.5, 3).logProb([0, 2, 10]).arraySync() // => [-2.748872, -1.978764, -3.667474]
 * negativeBinomial2(4.5, 3).variance().arraySync() // => 11.25
 * ```
 */
export function negativeBinomial2(mean: Numbers, concentration: Numbers): NegativeBinomial2 {
  return define(
    'negativeBinomial2',
    { mean: [mean, positive], concentration: [concentration, positive] },
    {
      support: nonnegativeInteger,
      draw: (p, key, shape) =>
        drawByRate('negativeBinomial2', key, shape, p.concentration, div(p.mean, p.concentration)),
      logProb: ({ mean, concentration }, x) => logNegativeBinomialOfMean(x, mean, concentration),
      cdf: (p, x) => negativeBinomialCdf(x, p.concentration, successOf(p), failureOf(p)),
      icdf: (p, probability) =>
        negativeBinomialQuantile(probability, p.concentration, successOf(p), failureOf(p)),
      mean: ({ mean }) => mean,
      variance: ({ mean, concentration }) => add(mean, div(square(mean), concentration)),
    },
  ) as NegativeBinomial2
}

function successOf({ mean, concentration }: P): Real {
  return div(mean, add(mean, concentration))
}

function failureOf({ mean, concentration }: P): Real {
  return div(concentration, add(mean, concentration))
}
