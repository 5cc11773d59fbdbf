import '@tensorflow/tfjs-backend-cpu'
import { memory } from '@tensorflow/tfjs-core'
import { add, mul, sum } from '@variate/core/ops'
import { bernoulli, categorical, halfCauchy, halfNormal, normal, poisson } from '@variate/distributions'
import { initTo } from '@variate/families'
import { enumeration, laplaceApproximation } from '@variate/inference'
import { model, positive } from '@variate/language'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const oracle = JSON.parse(readFileSync(new URL('oracles/laplace.json', import.meta.url), 'utf8')) as {
  x: number[][]
  y: number[]
  loc: number[]
  covariance: number[][]
  logEvidence: number
  schools: { mode: number[]; covariance: number[][] }
}

const logistic = model('logistic')
  .latent('bias', normal(0, 2))
  .latent('scale', halfNormal(1))
  .latent('weights', ({ scale }) => normal([0, 0], scale))
  .plate('i', 'n', (i) =>
    i
      .input('x')
      .observed('y', ({ bias, weights, x }) => bernoulli({ logits: add(bias, sum(mul(x, weights))) })),
  )

test('a logistic regression: mode, covariance and evidence are those of NumPyro', async () => {
  const { x, y, loc, covariance, logEvidence } = oracle
  const before = memory().numTensors
  const fit = await laplaceApproximation(logistic).fit({ x, y }, { seed: 0 })
  expect(memory().numTensors).toBe(before)
  expect(fit.unconstrained.names).toEqual(['bias', 'scale', 'weights[0]', 'weights[1]'])
  loc.forEach((value, i) => expect(fit.unconstrained.mode.data[i]).toBeCloseTo(value, 7))
  covariance.flat().forEach((value, i) => expect(fit.unconstrained.covariance.data[i]).toBeCloseTo(value, 7))
  expect(fit.logEvidence).toBeCloseTo(logEvidence, 8)
  expect(fit.mode.scale.data[0]).toBeCloseTo(Math.exp(loc[1]!), 7)
  expect(fit.posterior.mean.bias.data[0]).toBe(fit.unconstrained.mode.data[0])
  // The log-normal distribution's mean and variance.
  const variance = covariance[1]![1]!
  const mean = Math.exp(loc[1]! + variance / 2)
  expect(fit.posterior.mean.scale.data[0]).toBeCloseTo(mean, 7)
  expect(fit.posterior.variance.scale.data[0]).toBeCloseTo(Math.expm1(variance) * mean ** 2, 7)
  const { weights } = await fit.posterior.sample(20_000, { seed: 1 })
  const own = Array.from(weights.data).filter((_, at) => at % 2 === 1)
  const center = own.reduce((a, b) => a + b, 0) / own.length
  expect(Math.abs(center - loc[3]!)).toBeLessThan(4 * Math.sqrt(covariance[3]![3]! / own.length))
  expect(fit.elbo).toBeLessThan(fit.logEvidence + 1)
  expect(Number.isFinite(fit.diagnostics.kHat)).toBe(true)
  expect(fit.termination).toEqual({ kind: 'converged' })
})

const regression = model('regression')
  .latent('level', normal(1, 3))
  .latent('slope', normal(0, 2))
  .plate('i', 'n', (i) =>
    i.input('t').observed('x', ({ level, slope, t }) => normal(add(level, mul(slope, t)), 0.5)),
  )
const line = { t: [0, 1, 2, 4, 7], x: [0.2, 1.1, 2.3, 3.4, 7.5] }

test('a normal posterior is found exactly', async () => {
  const exact = await enumeration(regression).fit(line)
  const fit = await laplaceApproximation(regression).fit(line, { seed: 0 })
  for (const name of ['level', 'slope'] as const) {
    expect(Math.abs(fit.posterior.mean[name].at() - exact.posterior.mean[name].at())).toBeLessThan(1e-8)
    expect(Math.abs(fit.posterior.variance[name].at() - exact.posterior.variance[name].at())).toBeLessThan(
      1e-8,
    )
  }
  expect(Math.abs(fit.logEvidence - exact.logEvidence)).toBeLessThan(1e-8)
  expect(Math.abs(fit.elbo - exact.logEvidence)).toBeLessThan(1e-8)
  expect(fit.warnings).toEqual([])
})

test('units do not matter: numbers of very different sizes are as exact', async () => {
  const wide = model('wide')
    .latent('tiny', normal(0, 1e-6))
    .latent('huge', normal(0, 1e6))
    .observed('x', ({ tiny, huge }) => normal(add(mul(1e6, tiny), mul(1e-6, huge)), 1))
  const exact = await enumeration(wide).fit({ x: 1.5 })
  const fit = await laplaceApproximation(wide, { init: initTo.value({ tiny: 1e-7, huge: 1e5 }) }).fit(
    { x: 1.5 },
    { seed: 0 },
  )
  expect(Math.abs(fit.logEvidence - exact.logEvidence)).toBeLessThan(1e-8)
  expect(fit.posterior.variance.huge.at() / exact.posterior.variance.huge.at()).toBeCloseTo(1, 8)
  expect(fit.warnings).toEqual([])
})

// Where both derivatives are 0: the variance is the mean square about mu, and mu is shrunk by it.
test('parameters are where the joint density is largest', async () => {
  const shifted = model('shifted')
    .param('spread', positive())
    .latent('mu', normal(0, 10))
    .plate('i', 'n', (i) => i.observed('x', ({ mu, spread }) => normal(mu, spread)))
  const x = [1, 2, 4, 7]
  const fit = await laplaceApproximation(shifted).fit({ x }, { seed: 0 })
  const mu = fit.mode.mu.at()
  const spread = Math.sqrt(x.reduce((total, own) => total + (own - mu) ** 2, 0) / 4)
  expect(fit.params.spread.at()).toBeCloseTo(spread, 7)
  expect(mu).toBeCloseTo(14 / (4 + spread ** 2 / 100), 7)
  expect(fit.posterior.variance.mu.at()).toBeCloseTo(1 / (4 / spread ** 2 + 0.01), 7)
})

test('latents that are not centred are fitted as their deviations', async () => {
  const groups = model('groups')
    .latent('mu', normal(0, 5))
    .latent('tau', halfCauchy(5))
    .plate('school', 8, (school) =>
      school
        .input('sigma')
        .latent('theta', ({ mu, tau }) => normal(mu, tau), { centered: false })
        .observed('y', ({ theta, sigma }) => normal(theta, sigma)),
    )
  const schools = { y: [28, 8, -3, 7, -1, 1, 18, 12], sigma: [15, 10, 16, 11, 9, 11, 10, 18] }
  const fit = await laplaceApproximation(groups).fit(schools, { seed: 0 })
  expect(fit.unconstrained.names[2]).toBe('theta.deviation[0]')
  expect(fit.mode.theta.shape).toEqual([8])
  expect(fit.posterior.mean.theta.shape).toEqual([8])
  const { mode, covariance } = oracle.schools
  mode.forEach((value, i) => expect(fit.unconstrained.mode.data[i]).toBeCloseTo(value, 6))
  covariance.flat().forEach((value, i) => expect(fit.unconstrained.covariance.data[i]).toBeCloseTo(value, 5))
  const theta = mode.slice(2).map((deviation) => mode[0]! + Math.exp(mode[1]!) * deviation)
  theta.forEach((value, i) => expect(fit.mode.theta.data[i]).toBeCloseTo(value, 5))
})

test('a direction that nothing settles is named', async () => {
  const sums = model('sums')
    .latent('a', normal(0, 1e8))
    .latent('b', normal(0, 1e8))
    .observed('x', ({ a, b }) => normal(add(a, b), 1))
  const fit = await laplaceApproximation(sums).fit({ x: 1 }, { seed: 0 })
  expect(fit.warnings[0]).toMatch(
    /site "[ab]": the Hessian of the log density is not negative definite along [ab]/,
  )
  expect(Number.isFinite(fit.logEvidence)).toBe(true)
})

test('what cannot be approximated is refused', async () => {
  const discrete = model('discrete')
    .latent('c', categorical({ probs: [0.5, 0.5] }))
    .observed('x', ({ c }) => normal(c, 1))
  await expect(laplaceApproximation(discrete).fit({ x: 1 }, { seed: 0 })).rejects.toThrow(
    /"c" is discrete.*em\(\)/,
  )
  const none = model('none')
    .param('rate', positive())
    .observed('x', ({ rate }) => poisson(rate))
  await expect(laplaceApproximation(none).fit({ x: 1 }, { seed: 0 })).rejects.toThrow(/no latents/)
  const steep = model('steep')
    .latent('z', normal(0, 1))
    .observed('x', ({ z }) => poisson(mul(z, z)))
  await expect(laplaceApproximation(steep).fit({ x: 1 }, { seed: 0 })).rejects.toThrow(
    /at the start.*begin elsewhere/,
  )
})
