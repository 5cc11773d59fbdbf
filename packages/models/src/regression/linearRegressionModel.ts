import { add, mul, sum } from '@variate/core/ops'
import { halfCauchy, normal, type HalfCauchy, type Normal } from '@variate/distributions'
import { model, type InputSite, type LatentSite, type Model, type ObservedSite } from '@variate/language'
import type { PriorScales } from './options.ts'

/** A linear regression as it is declared. */
export type LinearRegressionModel = Model<
  Readonly<Record<'intercept', LatentSite<Normal>>> &
    Readonly<Record<'noise', LatentSite<HalfCauchy>>> &
    Readonly<Record<'coefficients', LatentSite<Normal>>> &
    Readonly<Record<'x', InputSite>> &
    Readonly<Record<'y', ObservedSite<Normal>>>,
  'feature' | 'observation'
>

/** y ~ N(intercept + x · coefficients, noise²), with independent normal priors of the weights and a half-Cauchy one of the noise. */
export function linearRegressionModel({
  scale,
  intercept,
  noise,
}: PriorScales & { readonly noise: number }): LinearRegressionModel {
  return model('linear regression')
    .latent('intercept', normal(0, intercept))
    .latent('noise', halfCauchy(noise))
    .plate('feature', 'features', (feature) => feature.latent('coefficients', normal(0, scale)))
    .plate('observation', 'observations', (observation) =>
      observation
        .plate('feature', 'features', (feature) => feature.input('x'))
        .observed('y', ({ x, coefficients, intercept: level, noise: deviation }) =>
          normal(add(level, sum(mul(x, coefficients))), deviation),
        ),
    )
}
