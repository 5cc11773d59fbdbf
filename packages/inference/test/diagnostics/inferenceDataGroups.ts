import { ndarray } from '@variate/core'
import { categorical, multivariateNormal, normal } from '@variate/distributions'
import type { InferenceDataGroups } from '@variate/inference'
import { model } from '@variate/language'

const S = 5
const numbers = (size: number, scale: number) =>
  Float64Array.from({ length: S * size }, (_, i) => scale * Math.sin(i))

const schools = model('schools')
  .latent('mu', normal(0, 5))
  .plate('school', 3, (school) =>
    school
      .input('sigma')
      .latent('theta', ({ mu }) => normal(mu, 1))
      .latent('kind', categorical({ probs: [0.5, 0.5] }))
      .observed('y', ({ theta, sigma }) => normal(theta, sigma))
      .observed(
        'pair',
        multivariateNormal([0, 0], {
          covariance: [
            [1, 0],
            [0, 1],
          ],
        }),
      ),
  )

/** All groups, of which each is of another shape and scale: what the check in Python expects, too. */
export const inferenceDataGroups: InferenceDataGroups = {
  model: schools,
  posterior: {
    mu: ndarray(numbers(1, 1), [S]),
    theta: ndarray(numbers(3, 2), [S, 3]),
    kind: ndarray(
      Int32Array.from({ length: S * 3 }, (_, i) => i % 2),
      [S, 3],
    ),
  },
  posteriorPredictive: { y: ndarray(numbers(3, 3), [S, 3]), pair: ndarray(numbers(6, 4), [S, 3, 2]) },
  logLikelihood: {
    y: ndarray(numbers(3, 5), [S, 3]),
    pair: ndarray(
      numbers(3, 6).map((x, i) => (i === 4 ? -Infinity : x)),
      [S, 3],
    ),
  },
  prior: { mu: ndarray(numbers(1, 7), [S]) },
  priorPredictive: { y: ndarray(numbers(3, 8), [S, 3]) },
  sampleStats: { log_weight: ndarray(numbers(1, 9), [S]) },
  observedData: {
    y: [28, null, -3],
    pair: [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
  },
  constantData: { sigma: [15, 10, 16] },
}
