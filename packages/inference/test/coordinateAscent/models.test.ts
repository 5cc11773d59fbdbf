import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { div, gather, mul, sqrt, sum } from '@variate/core/ops'
import { categorical, dirichlet, gamma, normal, poisson } from '@variate/distributions'
import { coordinateAscent, enumeration } from '@variate/inference'
import { model } from '@variate/language'
import { checkLeaks } from './leaks.ts'

checkLeaks()

test('products of normal latents: principal components with precisions of their own', async () => {
  const components = model('components')
    .latent('tau', gamma(2, 1))
    .plate('factor', 2, (k) => k.latent('alpha', gamma(2, 1)))
    .plate('variable', 3, (d) => d.latent('w', ({ alpha }) => normal([0, 0], div(1, sqrt(alpha)))))
    .plate('point', 'n', (i) => i.latent('z', normal([0, 0], 1)))
    .plate('i', 'n', (i) =>
      i.plate('j', 3, (j) =>
        j
          .input('a')
          .input('b')
          .observed('x', ({ w, z, tau, a, b }) =>
            normal(sum(mul(gather(w, a), gather(z, b))), div(1, sqrt(tau))),
          ),
      ),
    )
  const n = 8
  const x = Array.from({ length: n }, (_, i) => [
    Math.sin(i),
    2 * Math.sin(i) + 0.1 * Math.cos(5 * i),
    Math.cos(2 * i),
  ])
  const a = x.map(() => [0, 1, 2])
  const b = x.map((_, i) => [i, i, i])
  const fit = await coordinateAscent(components).fit({ x, a, b }, { seed: 0, tolerance: 1e-6 })
  expect(fit.termination.kind).toBe('converged')
  expect(fit.posterior.mean.w.shape).toEqual([3, 2])
  expect(fit.posterior.factors.w.family).toBe('multivariateNormal')
  expect(fit.history.every(({ gain }) => gain > -1e-9)).toBe(true)
})

test('rates of counts, which are products of latents and of scales that are inferred', async () => {
  const rates = model('rates')
    .latent('b', gamma(2, 1))
    .plate('row', 3, (r) => r.latent('u', ({ b }) => gamma(1.5, b)))
    .plate('column', 2, (c) => c.latent('v', gamma(2, 2)))
    .plate('i', 'n', (i) =>
      i
        .input('r')
        .input('c')
        .observed('y', ({ u, v, r, c }) => poisson(mul(gather(u, r), gather(v, c)))),
    )
  const data = { y: [3, 0, 2, 5, 1, 7], r: [0, 0, 1, 1, 2, 2], c: [0, 1, 0, 1, 0, 1] }
  const fit = await coordinateAscent(rates).fit(data)
  // u: a = 1.5 + Σ y, rate = E b + Σ E v, and so on.
  const [u, v, b] = [fit.posterior.mean.u, fit.posterior.mean.v, fit.posterior.mean.b.at()]
  const total = v.at(0) + v.at(1)
  for (const [r, y] of [3, 7, 8].entries()) expect(u.at(r)).toBeCloseTo((1.5 + y) / (b + total), 4)
  const sums = u.at(0) + u.at(1) + u.at(2)
  expect(v.at(0)).toBeCloseTo((2 + 6) / (2 + sums), 4)
  expect(b).toBeCloseTo((2 + 4.5) / (1 + sums), 4)
})

test('chains: each step apart, a normal walk has its exact means', async () => {
  const walk = model('walk').markov('t', 'n', (t) =>
    t.latent('z', normal(0, 1), (_, { z }) => normal(z, 0.5)).observed('x', ({ z }) => normal(z, 0.7)),
  )
  const x = [0.3, 1.2, 0.8, 2.2]
  const exact = await enumeration(walk).fit({ x })
  const fit = await coordinateAscent(walk).fit({ x }, { tolerance: 1e-16 })
  const together = await coordinateAscent(walk, { blocks: [['z']] }).fit({ x })
  for (let t = 0; t < 4; t++) expect(fit.posterior.mean.z.at(t)).toBeCloseTo(exact.posterior.mean.z.at(t), 6)
  expect(fit.elbo).toBeLessThan(exact.logEvidence)
  expect(together.elbo).toBeCloseTo(exact.logEvidence, 9)
})

test('a hidden Markov chain with rows of its transitions inferred is bounded', async () => {
  const hidden = model('hidden')
    .plate('state', 2, (s) => s.latent('row', dirichlet([2, 2])).latent('mu', normal(0, 2)))
    .markov('t', 'n', (t) =>
      t
        .latent('s', categorical({ probs: [0.5, 0.5] }), ({ row }, { s }) =>
          categorical({ probs: gather(row, s) }),
        )
        .observed('x', ({ mu, s }) => normal(gather(mu, s), 0.5)),
    )
  const x = [-1.1, -0.9, 1.2, 1.1, 0.8, -1.2, -1]
  const exact = await enumeration(hidden).fit({ x })
  const fit = await coordinateAscent(hidden).fit({ x }, { seed: 0, restarts: 6 })
  expect(fit.elbo).toBeLessThan(exact.logEvidence)
  expect(fit.elbo).toBeGreaterThan(exact.logEvidence - 3)
})

test('data far from 0 and from 1 lose nothing to rounding', async () => {
  const target = model('far')
    .latent('tau', gamma(2, 1e8))
    .latent('mu', ({ tau }) => normal(5e5, div(10, sqrt(tau))))
    .plate('i', 'n', (i) => i.observed('x', ({ mu, tau }) => normal(mu, div(1, sqrt(tau)))))
  const x = [500_100, 512_000, 498_000, 505_500, 487_000]
  const near = model('near')
    .latent('tau', gamma(2, 1))
    .latent('mu', ({ tau }) => normal(0, div(10, sqrt(tau))))
    .plate('i', 'n', (i) => i.observed('x', ({ mu, tau }) => normal(mu, div(1, sqrt(tau)))))
  const far = await coordinateAscent(target).fit({ x })
  const same = await enumeration(near).fit({ x: x.map((one) => (one - 5e5) / 1e4) })
  expect(far.elbo).toBeCloseTo(same.logEvidence - 5 * Math.log(1e4), 6)
  expect((far.posterior.mean.mu.at() - 5e5) / 1e4).toBeCloseTo(same.posterior.mean.mu.at(), 9)
})

test('what is missing counts nothing, and computed sites and factors are terms as others are', async () => {
  const computed = model('computed')
    .latent('tau', gamma(3, 2))
    .deterministic('scale', ({ tau }) => div(1, sqrt(tau)))
    .latent('mu', ({ scale }) => normal(0, mul(2, scale)))
    .plate('i', 'n', (i) => i.observed('x', ({ mu, scale }) => normal(mu, scale)))
    .factor('more', ({ mu, tau }) => mul(-0.5, mul(tau, mul(mu, mu))))
  const x = [0.3, null, 1.2, -0.7]
  const exact = await enumeration(computed).fit({ x })
  const fit = await coordinateAscent(computed).fit({ x })
  expect(fit.posterior.factors.mu.family).toBe('normalGamma')
  expect(fit.elbo).toBeCloseTo(exact.logEvidence, 10)
})

test('a hierarchy keeps its levels apart, and a latent that nothing reads has its prior', async () => {
  const schools = model('schools')
    .latent('unread', gamma(2, 3))
    .latent('mu', normal(0, 5))
    .latent('tau', gamma(1, 5))
    .plate('school', 8, (school) =>
      school
        .input('sigma')
        .latent('theta', ({ mu, tau }) => normal(mu, div(1, sqrt(tau))))
        .observed('y', ({ theta, sigma }) => normal(theta, sigma)),
    )
  const data = { y: [28, 8, -3, 7, -1, 1, 18, 12], sigma: [15, 10, 16, 11, 9, 11, 10, 18] }
  const { posterior, termination } = await coordinateAscent(schools).fit(data, { tolerance: 1e-15 })
  expect(termination.kind).toBe('converged')
  const [mu, tau] = [posterior.mean.mu.at(), posterior.mean.tau.at()]
  for (const [i, y] of data.y.entries()) {
    const precision = tau + 1 / data.sigma[i]! ** 2
    expect(posterior.mean.theta.at(i)).toBeCloseTo((tau * mu + y / data.sigma[i]! ** 2) / precision, 4)
    expect(posterior.variance.theta.at(i)).toBeCloseTo(1 / precision, 6)
  }
  expect(posterior.mean.unread.at()).toBeCloseTo(2 / 3, 10)
})
