import '@tensorflow/tfjs-backend-cpu'
import { exp, mul } from '@variate/core/ops'
import { halfNormal, normal } from '@variate/distributions'
import { analyticKl, perSite, reparameterization, stickingTheLanding } from '@variate/estimators'
import { fullRank, initTo, meanField, point, structured } from '@variate/families'
import { adam, bbvi } from '@variate/inference'
import { model, real } from '@variate/language'
import { expect, test } from 'vitest'

const groups = model('groups')
  .latent('mu', normal(0, 5))
  .latent('tau', halfNormal(5))
  .deterministic('twice', ({ mu }) => mul(2, mu))
  .plate('group', 3, (group) =>
    group
      .latent('theta', ({ twice, tau }) => normal(twice, tau), { centered: false })
      .observed('y', ({ theta }) => normal(theta, 1)),
  )
const data = { y: [1, 2, 3] }
const still = { steps: 1, optimizer: adam({ rate: 1e-12 }), convergence: false } as const

test('values of latents that are inferred by their deviations are given by their names', async () => {
  const values = { mu: 1, tau: 2, theta: [1, 2.5, -3] }
  const family = point({ init: initTo.value(values) })
  const { posterior } = await bbvi(groups, { ...still, family }).fit(data, { seed: 0 })
  values.theta.forEach((theta, i) => expect(posterior.mean.theta.data[i]!).toBeCloseTo(theta, 8))
  expect(posterior.mean.tau.data[0]!).toBeCloseTo(2, 8)
})

test('a fit begins where an earlier one ended', async () => {
  const before = await bbvi(groups, { steps: 500 }).fit(data, { seed: 0 })
  const family = point({ init: initTo.value(before.posterior.mean) })
  const { posterior } = await bbvi(groups, { ...still, family }).fit(data, { seed: 0 })
  for (const i of [0, 1, 2])
    expect(posterior.mean.theta.data[i]!).toBeCloseTo(before.posterior.mean.theta.data[i]!, 8)
})

test('parameters that a deviation depends on begin with what they begin with', async () => {
  const scaled = model('scaled')
    .param('logScale', real(), { init: 0.7 })
    .latent('z', ({ logScale }) => normal(0, exp(logScale)), { centered: false })
    .observed('x', ({ z }) => normal(z, 1))
  const family = point({ init: initTo.value({ z: 3 }) })
  const { posterior } = await bbvi(scaled, { ...still, family }).fit({ x: 1 }, { seed: 0 })
  expect(posterior.mean.z.data[0]!).toBeCloseTo(3, 8)
})

test('what a deviation depends on has to be given as well', async () => {
  const family = meanField({ init: initTo.value({ theta: [1, 2, 3], tau: 1 }) })
  await expect(bbvi(groups, { ...still, family }).fit(data, { seed: 0 })).rejects.toThrow(
    /initTo.value: "theta" is inferred by its deviation, \{ centered: false \}, which depends on "mu"/,
  )
})

test('blocks and estimators are named as latents were declared', async () => {
  const family = structured({ 'mu, tau': fullRank(), theta: meanField() })
  const estimator = perSite({ theta: stickingTheLanding() }, reparameterization())
  const fit = await bbvi(groups, { steps: 20, family, estimator }).fit(data, { seed: 0 })
  expect(fit.posterior.mean.theta.shape).toEqual([3])
  await expect(
    bbvi(groups, { estimator: perSite({ thete: reparameterization() }) }).fit(data, { seed: 0 }),
  ).rejects.toThrow(
    /perSite has an estimator for "thete", which is no latent: name one of "mu", "tau", "theta"$/,
  )
})

test('perSite does not take what it would leave out', () => {
  expect(() => perSite({ mu: analyticKl(reparameterization()) })).toThrow(
    /perSite: analyticKl .* write analyticKl\(perSite\(\{ "mu": … \}\)\)/,
  )
})

test('what was not called is named', () => {
  expect(() => bbvi(groups, { estimator: reparameterization as never })).toThrow(
    /bbvi: estimator must be one such as reparameterization\(\) makes, got a function: call it/,
  )
  expect(() => bbvi(groups, { family: 'meanField' as never })).toThrow(
    /family must be one such as meanField\(\) makes, got "meanField"/,
  )
  expect(() => bbvi(groups, { optimizer: adam as never })).toThrow(
    /optimizer must be one such as adam\(.*\) makes, got a function: call it/,
  )
})
