import { add, mul, sum } from '@variate/core/ops'
import { bernoulli, normal, type Bernoulli, type Normal } from '@variate/distributions'
import { model, type InputSite, type LatentSite, type Model, type ObservedSite } from '@variate/language'
import type { PriorScales } from './options.ts'

/** A logistic regression as it is declared. */
export type LogisticRegressionModel = Model<
  Readonly<Record<'intercept', LatentSite<Normal>>> &
    Readonly<Record<'coefficients', LatentSite<Normal>>> &
    Readonly<Record<'x', InputSite>> &
    Readonly<Record<'y', ObservedSite<Bernoulli>>>,
  'feature' | 'observation'
>

/** P(y = 1) = 1 / (1 + exp(−(intercept + x · coefficients))), with independent normal priors of the weights. */
export function logisticRegressionModel({ scale, intercept }: PriorScales): LogisticRegressionModel {
  return model('logistic regression')
    .latent('intercept', normal(0, intercept))
    .plate('feature', 'features', (feature) => feature.latent('coefficients', normal(0, scale)))
    .plate('observation', 'observations', (observation) =>
      observation
        .plate('feature', 'features', (feature) => feature.input('x'))
        .observed('y', ({ x, coefficients, intercept: level }) =>
          bernoulli({ logits: add(level, sum(mul(x, coefficients))) }),
        ),
    )
}
