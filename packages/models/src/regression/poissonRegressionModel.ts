import { add, exp, mul, sum } from '@variate/core/ops'
import { normal, poisson, type Normal, type Poisson } from '@variate/distributions'
import { model, type InputSite, type LatentSite, type Model, type ObservedSite } from '@variate/language'
import type { PriorScales } from './options.ts'

/** A Poisson regression as it is declared. */
export type PoissonRegressionModel = Model<
  Readonly<Record<'intercept', LatentSite<Normal>>> &
    Readonly<Record<'coefficients', LatentSite<Normal>>> &
    Readonly<Record<'exposure', InputSite>> &
    Readonly<Record<'x', InputSite>> &
    Readonly<Record<'y', ObservedSite<Poisson>>>,
  'feature' | 'observation'
>

/** y ~ Poisson(exposure · exp(intercept + x · coefficients)), with independent normal priors of the weights. */
export function poissonRegressionModel({ scale, intercept }: PriorScales): PoissonRegressionModel {
  return model('poisson regression')
    .latent('intercept', normal(0, intercept))
    .plate('feature', 'features', (feature) => feature.latent('coefficients', normal(0, scale)))
    .plate('observation', 'observations', (observation) =>
      observation
        .input('exposure')
        .plate('feature', 'features', (feature) => feature.input('x'))
        .observed('y', ({ x, exposure, coefficients, intercept: level }) =>
          poisson(mul(exposure, exp(add(level, sum(mul(x, coefficients)))))),
        ),
    )
}
