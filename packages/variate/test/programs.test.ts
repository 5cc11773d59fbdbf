import { expect, test } from 'vitest'
import type { NdArray } from '@variate/core'
import { gather } from '@variate/core/ops'
import { oldFaithful } from '@variate/data'
import { categorical, halfCauchy, normal, poisson } from '@variate/distributions'
import { reparameterization } from '@variate/estimators'
import { meanField } from '@variate/families'
import { bbvi, em, enumeration } from '@variate/inference'
import { model, positive, simplex } from '@variate/language'
import { gaussianMixture } from '@variate/models'

// The programs that the library is made for, as a person types them: the formatter leaves them as they are.

test('a mixture of Gaussians by EM, on real data', async () => {
  // prettier-ignore
  const fit = await gaussianMixture({ components: 2, covariance: 'full' }).fit(oldFaithful(), { restarts: 10, seed: 0 })
  // R's mclust 6.1.1 has −1130.264 for these data and two components of any covariances.
  expect(fit.logLikelihood).toBeCloseTo(-1130.264, 2)
})

test('a custom model by black-box variational inference', async () => {
  // prettier-ignore
  const eightSchools = model('eight schools')
    .latent('mu', normal(0, 5))
    .latent('tau', halfCauchy(5))
    .plate('school', 8, (school) => school
      .input('sigma')
      .latent('theta', ({ mu, tau }) => normal(mu, tau), { centered: false })
      .observed('y', ({ theta, sigma }) => normal(theta, sigma)))
  // prettier-ignore
  const fit = await bbvi(eightSchools, { family: meanField(), estimator: reparameterization({ particles: 16 }), steps: 5000 })
    .fit({ y: [28, 8, -3, 7, -1, 1, 18, 12], sigma: [15, 10, 16, 11, 9, 11, 10, 18] }, { seed: 0 })
  const theta: NdArray = fit.posterior.mean.theta // NdArray, shape [8]; `theta` is known to the type checker
  expect(theta.shape).toEqual([8])
  const { mu } = await fit.posterior.sample(1000, { seed: 1 })
  expect(mu.shape).toEqual([1000])
  // The log evidence is −31.311, by quadrature; the best product of normals is some tenths of a nat below.
  expect(fit.elbo).toBeLessThan(-31.3)
  expect(fit.elbo).toBeGreaterThan(-31.8)
  expect(fit.history.length).toBe(5000)
  expect(fit.diagnostics.kHat).toBeLessThan(1)
  expect(fit.summary()).toMatch(/site +mean +sd +5 % +50 % +95 %/)
})

test('exact evidence by enumerating Kⁿ assignments', async () => {
  // prettier-ignore
  const bayesianMixture = (K: number) => model('bayesian mixture')
    .plate('component', K, (k) => k.latent('mu', normal(0, 3)))
    .plate('point', 'n', (i) => i
      .latent('c', categorical({ probs: Array(K).fill(1 / K) }))
      .observed('x', ({ mu, c }) => normal(gather(mu, c), 1))) // mu: [K], c: a scalar
  const exact = await enumeration(bayesianMixture(2)).fit({ x: [-3.1, -2.6, 2.2, 3.4] })
  // The sum over all assignments of normal(x_S; 0, I + 9·11ᵀ), by hand.
  expect(exact.logEvidence).toBeCloseTo(evidence([-3.1, -2.6, 2.2, 3.4]), 10)
  expect(exact.posterior.probabilities.c.shape).toEqual([4, 2])
})

test('a latent-variable model with parameters, by EM', async () => {
  // Deaths a day of women of 80 and more, in The Times of 1910 to 1912: Hasselblad (1969), and on how many days.
  const days = [162, 267, 271, 185, 111, 61, 27, 8, 3, 1]
  const counts = days.flatMap((count, deaths) => Array<number>(count).fill(deaths))
  // prettier-ignore
  const poissonMixture = model('poisson mixture')
    .param('weights', simplex(2))
    .plate('component', 2, (k) => k.param('rate', positive()))
    .plate('count', 'n', (i) => i
      .latent('c', ({ weights }) => categorical({ probs: weights }))
      .observed('x', ({ rate, c }) => poisson(gather(rate, c))))
  const fit = await em(poissonMixture).fit({ x: counts }, { seed: 0, restarts: 10 }) // closed-form M-step where the site allows it, else gradient
  expect(fit.logLikelihood).toBeCloseTo(-1989.946, 0)
  expect(fit.params.rate.shape).toEqual([2])
  expect(fit.history.length).toBe(fit.iterations)
})

/** log Σ over assignments of all points to two components of the densities of what each has. */
function evidence(x: readonly number[]): number {
  let total = 0
  for (let assignment = 0; assignment < 2 ** x.length; assignment++) {
    let log = -x.length * Math.log(2)
    for (const component of [0, 1]) {
      const own = x.filter((_, i) => ((assignment >> i) & 1) === component)
      const [n, sum] = [own.length, own.reduce((a, b) => a + b, 0)]
      const squares = own.reduce((a, b) => a + b * b, 0)
      // |I + 9·11ᵀ| = 1 + 9n, and its inverse is I − 9/(1 + 9n)·11ᵀ.
      log += -0.5 * (squares - (9 / (1 + 9 * n)) * sum ** 2 + Math.log(1 + 9 * n) + n * Math.log(2 * Math.PI))
    }
    total += Math.exp(log)
  }
  return Math.log(total)
}
