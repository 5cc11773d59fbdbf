import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { linalg } from '@variate/core'
import { add, div, mul, sqrt, sum } from '@variate/core/ops'
import { gamma, normal } from '@variate/distributions'
import { coordinateAscent, enumeration } from '@variate/inference'
import { model } from '@variate/language'
import { checkLeaks } from './leaks.ts'

checkLeaks()

const reals = [0.3, -1.2, 2.4, 1.1, 0.7, 5.5]

test('a mean and a precision apart follow the updates of Bishop (2006), §10.1.3', async () => {
  const [mu0, lambda0, a0, b0] = [1, 0.25, 3, 2]
  const target = model('m')
    .latent('tau', gamma(a0, b0))
    .latent('mu', ({ tau }) => normal(mu0, div(1, sqrt(mul(lambda0, tau)))))
    .plate('i', 'n', (i) => i.observed('x', ({ mu, tau }) => normal(mu, div(1, sqrt(tau)))))
  const n = reals.length
  const mean = reals.reduce((a, b) => a + b, 0) / n
  for (const iterations of [1, 3]) {
    const fit = await coordinateAscent(target, { blocks: [] }).fit(
      { x: reals },
      { init: { tau: 0.7 }, maxIterations: iterations, tolerance: 0 },
    )
    // The mean comes first, given E tau at the start.
    let [eTau, m, v, b] = [0.7, 0, 0, 0]
    const a = a0 + (n + 1) / 2
    for (let i = 0; i <= iterations; i++) {
      m = (lambda0 * mu0 + n * mean) / (lambda0 + n)
      v = 1 / ((lambda0 + n) * eTau)
      const spread = reals.reduce((s, x) => s + (x - m) ** 2 + v, 0)
      b = b0 + 0.5 * (spread + lambda0 * ((m - mu0) ** 2 + v))
      eTau = a / b
    }
    const { mu, tau } = fit.posterior.factors
    expect(mu.family).toBe('normal')
    expect(tau.family).toBe('gamma')
    expect(mu.parameters['loc']!.at()).toBeCloseTo(m, 11)
    expect(mu.parameters['scale']!.at() ** 2 / v).toBeCloseTo(1, 11)
    expect(tau.parameters['concentration']!.at()).toBeCloseTo(a, 11)
    expect(tau.parameters['rate']!.at()).toBeCloseTo(b, 11)
  }
})

const w = [
  [1, 0.2, -0.4],
  [1, 1.1, 0.5],
  [1, -0.7, 0.9],
  [1, 2.3, 1.4],
  [1, 0.4, -2.1],
]
const y = [0.7, 2.2, -0.3, 4.1, 1.9]
const noise = 0.6
const linear = model('linear')
  .plate('feature', 3, (j) => j.latent('beta', normal(0, 2)))
  .plate('i', 'n', (i) => i.input('w').observed('y', ({ beta, w: x }) => normal(sum(mul(x, beta)), noise)))

/** The posterior's precision. */
const precision = [0, 1, 2].map((i) =>
  [0, 1, 2].map((j) => (i === j ? 1 / 4 : 0) + w.reduce((s, x) => s + x[i]! * x[j]!, 0) / noise ** 2),
)

test('mean field of a linear regression: exact means, variances 1/Λᵢᵢ, and the gap of the determinants', async () => {
  const exact = await enumeration(linear).fit({ w, y })
  const fit = await coordinateAscent(linear).fit({ w, y }, { tolerance: 1e-16 })
  for (let i = 0; i < 3; i++) {
    expect(fit.posterior.mean.beta.at(i)).toBeCloseTo(exact.posterior.mean.beta.at(i), 6)
    expect(fit.posterior.variance.beta.at(i)).toBeCloseTo(1 / precision[i]![i]!, 12)
  }
  // KL(q || p) between normal distributions of the same mean, the one of the diagonal of the other's precision.
  const gap =
    0.5 * (precision.reduce((s, row, i) => s + Math.log(row[i]!), 0) - linalg.logDeterminant(precision))
  expect(exact.logEvidence - fit.elbo).toBeCloseTo(gap, 9)
})

test('kept together its weights are exact', async () => {
  const exact = await enumeration(linear).fit({ w, y })
  const fit = await coordinateAscent(linear, { blocks: [['beta']] }).fit({ w, y })
  expect(fit.elbo).toBeCloseTo(exact.logEvidence, 10)
  expect(fit.posterior.factors.beta.family).toBe('multivariateNormal')
  for (let i = 0; i < 3; i++)
    expect(fit.posterior.variance.beta.at(i)).toBeCloseTo(exact.posterior.variance.beta.at(i), 10)
})

const scaled = model('scaled')
  .latent('tau', gamma(2, 1))
  .latent('offset', ({ tau }) => normal(0, div(3, sqrt(tau))))
  .plate('feature', 3, (j) => j.latent('beta', ({ tau }) => normal(0, div(2, sqrt(tau)))))
  .plate('i', 'n', (i) =>
    i
      .input('w')
      .observed('y', ({ beta, offset, tau, w: x }) =>
        normal(add(sum(mul(x, beta)), offset), div(1, sqrt(tau))),
      ),
  )

test('weights, an offset and the precision that scales them are exact together, and a bound apart', async () => {
  const exact = await enumeration(scaled).fit({ w, y })
  const together = await coordinateAscent(scaled, { blocks: [['tau', 'offset', 'beta']] }).fit({ w, y })
  expect(together.elbo).toBeCloseTo(exact.logEvidence, 9)
  expect(together.posterior.mean.tau.at()).toBeCloseTo(exact.posterior.mean.tau.at(), 9)
  expect(together.posterior.variance.beta.at(1)).toBeCloseTo(exact.posterior.variance.beta.at(1), 9)
  expect(together.posterior.factors.beta.distribution.name).toBe('studentT')
  const automatic = await coordinateAscent(scaled).fit({ w, y })
  expect(automatic.posterior.factors.offset.together).toEqual(['tau'])
  const apart = await coordinateAscent(scaled, { blocks: [] }).fit({ w, y })
  expect(together.elbo).toBeGreaterThan(automatic.elbo)
  expect(automatic.elbo).toBeGreaterThan(apart.elbo)
})
