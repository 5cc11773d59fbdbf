import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { linalg, special } from '@variate/core'
import { constant, div, gather, log, mul, sqrt, sum } from '@variate/core/ops'
import {
  bernoulli,
  beta,
  binomial,
  categorical,
  dirichlet,
  exponential,
  gamma,
  inverseGamma,
  inverseWishart,
  logNormal,
  multinomial,
  multivariateNormal,
  normal,
  poisson,
  uniform,
  wishart,
} from '@variate/distributions'
import { coordinateAscent, enumeration } from '@variate/inference'
import { model, type Model } from '@variate/language'
import { checkLeaks } from './leaks.ts'

checkLeaks()

const counts = [3, 0, 7, 2, 4]
const reals = [0.3, -1.2, 2.4, 1.1, 0.7, 5.5]
const rows = [
  [1.2, 0.3],
  [-0.4, 2.1],
  [0.9, -0.7],
  [2.2, 1.5],
]

/** Models with one latent, or with latents that are kept together: q is the posterior. */
const targets = {
  'beta, bernoulli': [
    model('m')
      .latent('z', beta(2, 3))
      .plate('i', 'n', (i) => i.observed('x', ({ z }) => bernoulli({ probs: z }))),
    { x: [1, 0, 1, 1] },
  ],
  'uniform, binomial': [
    model('m')
      .latent('z', uniform(0, 1))
      .plate('i', 'n', (i) => i.observed('x', ({ z }) => binomial(9, { probs: z }))),
    { x: counts },
  ],
  'gamma, poisson': [
    model('m')
      .latent('z', gamma(2.5, 0.3))
      .plate('i', 'n', (i) => i.observed('x', ({ z }) => poisson(z))),
    { x: counts },
  ],
  'exponential, exponential': [
    model('m')
      .latent('z', exponential(0.2))
      .plate('i', 'n', (i) => i.observed('x', ({ z }) => exponential(z))),
    { x: [0.3, 2.2, 1.7] },
  ],
  'inverse gamma, normal': [
    model('m')
      .latent('z', inverseGamma(3, 2))
      .plate('i', 'n', (i) => i.observed('x', ({ z }) => normal(0.5, sqrt(z)))),
    { x: reals },
  ],
  'gamma, normal': [
    model('m')
      .latent('z', gamma(3, 2))
      .plate('i', 'n', (i) => i.observed('x', ({ z }) => normal(0.5, div(1, sqrt(z))))),
    { x: reals },
  ],
  'normal, normal': [
    model('m')
      .latent('z', normal(1, 2))
      .plate('i', 'n', (i) => i.observed('x', ({ z }) => normal(z, 0.7))),
    { x: reals },
  ],
  'log-normal, log-normal': [
    model('m')
      .latent('z', normal(1, 2))
      .plate('i', 'n', (i) => i.observed('x', ({ z }) => logNormal(z, 0.7))),
    { x: [0.3, 2.2, 1.7] },
  ],
  'dirichlet, categorical': [
    model('m')
      .latent('z', dirichlet([0.5, 1.5, 2]))
      .plate('i', 'n', (i) => i.observed('x', ({ z }) => categorical({ probs: z }))),
    { x: [0, 2, 2, 1, 2] },
  ],
  'dirichlet, multinomial': [
    model('m')
      .latent('z', dirichlet([0.5, 1.5, 2]))
      .observed('x', ({ z }) => multinomial(9, { probs: z })),
    { x: [4, 0, 5] },
  ],
  'a vector, its sum': [
    model('m')
      .latent('z', normal([0, 1, -1], 2))
      .plate('i', 'n', (i) => i.input('w').observed('x', ({ z, w }) => normal(sum(mul(w, z)), 0.5))),
    {
      x: [1, 2],
      w: [
        [1, 2, 0.5],
        [0, 1, -1],
      ],
    },
  ],
  'a mean and a precision': [
    model('m')
      .latent('tau', gamma(3, 2))
      .latent('z', ({ tau }) => normal(1, div(2, sqrt(tau))))
      .plate('i', 'n', (i) => i.observed('x', ({ z, tau }) => normal(z, div(1, sqrt(tau))))),
    { x: reals },
  ],
  'a mean and a variance': [
    model('m')
      .latent('v', inverseGamma(3, 2))
      .latent('z', ({ v }) => normal(1, mul(2, sqrt(v))))
      .plate('i', 'n', (i) => i.observed('x', ({ z, v }) => normal(z, sqrt(v)))),
    { x: reals },
  ],
  'flat priors': [
    model('m')
      .latent('z', dirichlet([1, 1]))
      .plate('i', 'n', (i) => i.observed('x', ({ z }) => categorical({ probs: z }))),
    { x: [0, 1, 1] },
  ],
  'a categorical latent': [
    model('m')
      .latent('c', categorical({ probs: [0.2, 0.5, 0.3] }))
      .plate('i', 'n', (i) => i.observed('x', ({ c }) => normal(gather(constant([-1, 0, 2]), c), 1))),
    { x: [0.3, 1.1] },
  ],
  'a plate of latents': [
    model('m').plate('i', 'n', (i) =>
      i
        .latent('z', normal(0, 2))
        .latent('c', bernoulli({ probs: 0.3 }))
        .latent('r', gamma(1, 1))
        .observed('x', ({ z }) => normal(z, 1))
        .observed('y', ({ r }) => poisson(r)),
    ),
    { x: [0.3, null, 1.1], y: [1, 0, 4] },
  ],
} as const

test.each(Object.entries(targets))(
  '%s: the ELBO is the log evidence, and moments are exact',
  async (_, [of, data]) => {
    const target = of as never as Model<never>
    const exact = await enumeration(target).fit(data as never)
    const fit = await coordinateAscent(target).fit(data as never, { seed: 1 })
    expect(fit.termination.kind).toBe('converged')
    expect(Math.abs(fit.elbo - exact.logEvidence)).toBeLessThan(
      1e-10 * Math.max(1, Math.abs(exact.logEvidence)),
    )
    for (const what of ['mean', 'variance', 'probabilities'] as const) {
      for (const [name, { data: expected, shape }] of Object.entries(exact.posterior[what]) as never as [
        string,
        { data: number[]; shape: number[] },
      ][]) {
        const got = (fit.posterior[what] as never as Record<string, { data: number[]; shape: number[] }>)[
          name
        ]!
        expect(got.shape).toEqual(shape)
        for (const [i, x] of expected.entries())
          expect(Math.abs(got.data[i]! - x)).toBeLessThan(1e-9 * Math.max(1, Math.abs(x)))
      }
    }
  },
)

/** log p(x) of normal vectors with a normal–Wishart prior (Murphy 2007, “Conjugate Bayesian analysis of the Gaussian distribution”). */
function normalWishartEvidence(
  strength: number,
  df: number,
  inverseScale: number[][],
  center: number[],
): number {
  const n = rows.length
  const [d, mean] = [2, [0, 1].map((j) => rows.reduce((s, row) => s + row[j]!, 0) / n)]
  const next = inverseScale.map((row, i) =>
    row.map(
      (x, j) =>
        x +
        rows.reduce((s, row) => s + (row[i]! - mean[i]!) * (row[j]! - mean[j]!), 0) +
        ((strength * n) / (strength + n)) * (mean[i]! - center[i]!) * (mean[j]! - center[j]!),
    ),
  )
  return (
    -((n * d) / 2) * Math.log(Math.PI) +
    special.multivariateLgamma((df + n) / 2, d) -
    special.multivariateLgamma(df / 2, d) +
    (df / 2) * linalg.logDeterminant(inverseScale) -
    ((df + n) / 2) * linalg.logDeterminant(next) +
    (d / 2) * (Math.log(strength) - Math.log(strength + n))
  )
}

const inverseScale = [
  [2, 0.5],
  [0.5, 1],
]
const scale = [
  [1 / 1.75, -0.5 / 1.75],
  [-0.5 / 1.75, 2 / 1.75],
]

test('a mean vector with a Wishart precision has the closed-form evidence', async () => {
  const target = model('m')
    .latent('precision', wishart(3.5, { scale }))
    .latent('mu', ({ precision }) => multivariateNormal([0.5, 0], { precision: mul(0.3, precision) }))
    .plate('i', 'n', (i) => i.observed('x', ({ mu, precision }) => multivariateNormal(mu, { precision })))
  const { elbo, posterior } = await coordinateAscent(target).fit({ x: rows })
  expect(elbo).toBeCloseTo(normalWishartEvidence(0.3, 3.5, inverseScale, [0.5, 0]), 9)
  expect(posterior.factors.mu.distribution.name).toBe('multivariateStudentT')
  expect(posterior.factors.precision.distribution.name).toBe('wishart')
})

test('so has a mean vector with an inverse Wishart covariance', async () => {
  const target = model('m')
    .latent('covariance', inverseWishart(3.5, { scale: inverseScale }))
    .latent('mu', ({ covariance }) => multivariateNormal([0.5, 0], { covariance: div(covariance, 0.3) }))
    .plate('i', 'n', (i) => i.observed('x', ({ mu, covariance }) => multivariateNormal(mu, { covariance })))
  const { elbo, posterior } = await coordinateAscent(target).fit({ x: rows })
  expect(elbo).toBeCloseTo(normalWishartEvidence(0.3, 3.5, inverseScale, [0.5, 0]), 9)
  expect(posterior.factors.covariance.family).toBe('normalInverseWishart')
})

test('a log-normal factor is that of the normal one of its logarithm', async () => {
  const own = model('m')
    .latent('z', logNormal(1, 2))
    .plate('i', 'n', (i) => i.observed('x', ({ z }) => logNormal(log(z), 0.7)))
  const other = model('m')
    .latent('z', normal(1, 2))
    .plate('i', 'n', (i) => i.observed('x', ({ z }) => logNormal(z, 0.7)))
  const data = { x: [0.3, 2.2, 1.7] }
  const [a, b] = [await coordinateAscent(own).fit(data), await coordinateAscent(other).fit(data)]
  expect(a.elbo).toBeCloseTo(b.elbo, 10)
  const [mean, variance] = [b.posterior.mean.z.at(), b.posterior.variance.z.at()]
  expect(a.posterior.mean.z.at()).toBeCloseTo(Math.exp(mean + variance / 2), 10)
})
