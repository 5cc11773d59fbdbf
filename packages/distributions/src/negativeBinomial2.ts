import {
  add,
  div,
  logNegativeBinomialOfMean,
  negativeBinomialEntropy,
  square,
  type Real,
} from '@variate/core/ops'
import { nonnegativeInteger } from './constraints/nonnegativeInteger.ts'
import { positive } from './constraints/positive.ts'
import { define, type Resolved } from './define.ts'
import type { Capabilities, Distribution, Numbers, Parameter } from './distribution.ts'
import { drawByRate } from './negativeBinomial.ts'
import { successesBefore } from './successesBefore.ts'

export interface NegativeBinomial2
  extends Distribution, Pick<Capabilities, 'cdf' | 'survival' | 'icdf' | 'mean' | 'variance' | 'entropy'> {
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
      draw: (p, key, shape) => drawByRate('negativeBinomial2', key, shape, p.concentration, scaleOf(p)),
      logProb: ({ mean, concentration }, x) => logNegativeBinomialOfMean(x, mean, concentration),
      ...successesBefore((p: P) => [p.concentration, scaleOf(p)]),
      mean: ({ mean }) => mean,
      variance: ({ mean, concentration }) => add(mean, div(square(mean), concentration)),
      entropy: (p) => negativeBinomialEntropy(p.concentration, scaleOf(p)),
    },
  ) as NegativeBinomial2
}

/** The odds of a success, and the scale of the gamma distribution of the rate. */
function scaleOf({ mean, concentration }: P): Real {
  return div(mean, concentration)
}
