import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { gather, mul } from '@variate/core/ops'
import { categorical, dirichlet, multivariateNormal, normal, wishart } from '@variate/distributions'
import { coordinateAscent, enumeration } from '@variate/inference'
import { model } from '@variate/language'
import { checkLeaks } from './leaks.ts'
import oracle from './oracles/coordinateAscent.json' with { type: 'json' }

checkLeaks()

const start = oracle.x.map(([, waiting]) => (waiting! > 68 ? [0.9, 0.1] : [0.1, 0.9]))

/** scikit-learn's model: its covariance prior is the inverse of the Wishart distribution's scale matrix. */
const [a, b, d] = [1, 3, 150]
const inverse = [
  [d / (a * d - b * b), -b / (a * d - b * b)],
  [-b / (a * d - b * b), a / (a * d - b * b)],
]
const bayesianMixture = model('bayesian mixture')
  .latent('weights', dirichlet([1.5, 1.5]))
  .plate('component', 2, (k) =>
    k
      .latent('precision', wishart(3, { scale: inverse }))
      .latent('mu', ({ precision }) => multivariateNormal([3.5, 70], { precision: mul(0.5, precision) })),
  )
  .plate('point', 'n', (i) =>
    i
      .latent('c', ({ weights }) => categorical({ probs: weights }))
      .observed('x', ({ mu, precision, c }) =>
        multivariateNormal(gather(mu, c), { precision: gather(precision, c) }),
      ),
  )

const distance = (got: ArrayLike<number>, expected: unknown): number => {
  const flat = [expected].flat(Infinity) as number[]
  expect(got.length).toBe(flat.length)
  return Math.max(...flat.map((x, i) => Math.abs(got[i]! - x) / Math.max(1e-3, Math.abs(x))))
}

test.each(oracle.faithful.map((own) => [own.iterations ?? 'all', own] as const))(
  'a Bayesian mixture on Old Faithful is that of scikit-learn, after %s iterations',
  async (_, expected) => {
    const fit = await coordinateAscent(bayesianMixture).fit(
      { x: oracle.x },
      {
        init: { c: start },
        ...(expected.iterations === null
          ? { tolerance: 1e-15 }
          : { maxIterations: expected.iterations, tolerance: 0 }),
      },
    )
    expect(fit.termination.kind).toBe(expected.iterations === null ? 'converged' : 'limit')
    const { weights, mu, precision } = fit.posterior.factors
    expect(mu.family).toBe('normalWishart')
    expect(mu.together).toEqual(['precision'])
    // scikit-learn adds 10 machine precisions to counts.
    const tolerance = expected.iterations === null ? 1e-6 : 1e-9
    expect(distance(weights.parameters['concentration']!.data, expected.concentration)).toBeLessThan(
      tolerance,
    )
    expect(distance(mu.parameters['loc']!.data, expected.means)).toBeLessThan(tolerance)
    expect(distance(mu.parameters['strength']!.data, expected.meanPrecision)).toBeLessThan(tolerance)
    expect(distance(precision.parameters['df']!.data, expected.df)).toBeLessThan(tolerance)
    expect(distance(fit.posterior.mean.precision.data, expected.precisions)).toBeLessThan(tolerance)
  },
)

test('on few points the ELBO is below the exact evidence', async () => {
  const few = model('few')
    .plate('component', 2, (k) => k.latent('mu', normal(0, 3)))
    .plate('point', 'n', (i) =>
      i
        .latent('c', categorical({ probs: [0.4, 0.6] }))
        .observed('x', ({ mu, c }) => normal(gather(mu, c), 1)),
    )
  const x = [-3.1, -2.6, 2.2, 3.4, 0.4]
  const { elbo } = await coordinateAscent(few).fit({ x }, { seed: 0, restarts: 8 })
  const { logEvidence } = await enumeration(few).fit({ x })
  expect(elbo).toBeLessThan(logEvidence)
  expect(elbo).toBeGreaterThan(logEvidence - 1)
})

test('where the components are known the responsibilities are exact, and so is the bound', async () => {
  const known = model('known')
    .plate('component', 2, (k) => k.input('mu'))
    .plate('point', 'n', (i) =>
      i
        .latent('c', categorical({ probs: [0.4, 0.6] }))
        .observed('x', ({ mu, c }) => normal(gather(mu, c), 1)),
    )
  const data = { x: [-3.1, -2.6, 2.2, 3.4, 0.4], mu: [-2, 2] }
  const fit = await coordinateAscent(known).fit(data)
  const exact = await enumeration(known).fit(data)
  expect(fit.elbo).toBeCloseTo(exact.logEvidence, 10)
  expect(
    distance(fit.posterior.probabilities.c.data, [...exact.posterior.probabilities.c.data]),
  ).toBeLessThan(1e-10)
})
