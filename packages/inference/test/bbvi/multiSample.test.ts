import '@tensorflow/tfjs-backend-cpu'
import { bernoulli, categorical, normal } from '@variate/distributions'
import {
  doublyReparameterized,
  importanceWeighted,
  renyi,
  reweightedWakeSleep,
  thermodynamic,
  vimco,
} from '@variate/estimators'
import { fullRank, meanField } from '@variate/families'
import { adam, bbvi, enumeration, schedules } from '@variate/inference'
import { guide, model, positive, real } from '@variate/language'
import { add, mul, sub } from '@variate/core/ops'
import { expect, test } from 'vitest'

const level = model('level')
  .latent('mu', normal(0, 5))
  .plate('i', 'n', (i) => i.observed('x', ({ mu }) => normal(mu, 1)))
const data = { x: [1, 2, 4] }

// At the posterior the gradients of some do not vanish but in the mean: steps that get smaller average them.
const optimizer = adam({ rate: schedules.cosineDecay({ start: 0.005, steps: 8000 }) })

// The posterior is in the family: all bounds are highest there, and are the evidence, by exact integration.
test.each([
  ['importanceWeighted', importanceWeighted({ particles: 5, groups: 2 })],
  ['doublyReparameterized', doublyReparameterized({ particles: 5 })],
  ['renyi, α = 0.5', renyi({ alpha: 0.5, particles: 5 })],
  ['vimco', vimco({ particles: 5 })],
  ['thermodynamic', thermodynamic({ particles: 20, partitions: 3 })],
  ['reweightedWakeSleep', reweightedWakeSleep({ particles: 20 })],
])('%s: a conjugate model is fitted to its posterior', async (_, estimator) => {
  const exact = await enumeration(level).fit(data)
  const fit = await bbvi(level, {
    family: fullRank(),
    estimator,
    optimizer,
    steps: 8000,
    convergence: false,
  }).fit(data, {
    seed: 0,
  })
  expect(exact.logEvidence - fit.elbo).toBeLessThan(0.01)
})

const mixture = model('mixture').plate('i', 'n', (i) =>
  i
    .latent('z', categorical({ probs: [0.2, 0.5, 0.3] }))
    .observed('x', ({ z }) => normal(mul(2, sub(z, 1)), 1)),
)
const points = { x: [-2.5, 0.3, 1, 2.2] }

// Mean field has the posterior of independent elements.
test.each([
  ['thermodynamic', thermodynamic({ particles: 20, partitions: 3 })],
  ['reweightedWakeSleep', reweightedWakeSleep({ particles: 20 })],
])('%s: discrete latents are fitted to their posterior', async (_, estimator) => {
  const exact = await enumeration(mixture).fit(points)
  const fit = await bbvi(mixture, { estimator, optimizer, steps: 8000, convergence: false }).fit(points, {
    seed: 0,
  })
  expect(exact.logEvidence - fit.elbo).toBeLessThan(0.02)
})

// The bound hardly falls where q has more than the posterior of what is improbable: it is there long before the ELBO is.
test('vimco: discrete latents are fitted until the bound is the log evidence', async () => {
  const exact = await enumeration(mixture).fit(points)
  const fit = await bbvi(mixture, {
    estimator: vimco({ particles: 4 }),
    steps: 20_000,
    convergence: false,
  }).fit(points, {
    seed: 0,
  })
  const bound = fit.history.slice(-2000).reduce((total, x) => total + x, 0) / 2000
  expect(Math.abs(exact.logEvidence - bound)).toBeLessThan(0.02)
  expect(exact.logEvidence - fit.elbo).toBeLessThan(0.1)
})

// The estimate of the bound in the first step is a sum over elements, of which each has k draws of its own.
test('elements of a plate have bounds of their own', async () => {
  const many = model('many').plate('i', 'n', (i) =>
    i.latent('z', normal(0, 1)).observed('x', ({ z }) => normal(z, 1)),
  )
  const x = Array.from({ length: 200 }, (_, i) => Math.sin(i))
  const exact = await enumeration(many).fit({ x })
  const fit = await bbvi(many, {
    family: meanField({ scale: 1 }),
    estimator: importanceWeighted({ particles: 200 }),
    steps: 1,
  }).fit({ x }, { seed: 0 })
  // Of one weight for all 200 it would lie some 50 nats below.
  expect(Math.abs(exact.logEvidence - fit.history[0]!)).toBeLessThan(3)
})

const local = model('local')
  .param('center', real())
  .plate('i', 'n', (i) =>
    i.latent('z', ({ center }) => normal(center, 1)).observed('x', ({ z }) => normal(z, 1)),
  )

// The likelihood of the center is highest at the mean of the data.
test.each([
  ['importanceWeighted', importanceWeighted({ particles: 5 })],
  ['doublyReparameterized', doublyReparameterized({ particles: 5 })],
  ['vimco', vimco({ particles: 5 })],
])('%s: elements that are independent are taken in mini-batches', async (_, estimator) => {
  const x = [0.5, 3, 2, -1, 1.5, 0]
  const how = { estimator, optimizer, steps: 8000, batch: { i: 2 }, convergence: false } as const
  const fit = await bbvi(local, how).fit({ x }, { seed: 0 })
  expect(Math.abs(fit.params.center.at() - 1)).toBeLessThan(0.05)
})

test('elements that a latent joins are not', async () => {
  const fit = bbvi(level, { estimator: importanceWeighted({ particles: 2 }), batch: { i: 2 } }).fit(data, {
    seed: 0,
  })
  await expect(fit).rejects.toThrow(
    'importanceWeighted: mini-batches hold a part of the elements that "x" is of, and the weights of all of them make one weight',
  )
})

// The guide has the posterior: q(b) is p(b | x), and q(z | b) that of one normal for each b.
test('vimco: a guide of latents of both kinds is fitted to the posterior', async () => {
  const shifted = model('shifted')
    .latent('b', bernoulli({ probs: 0.4 }))
    .latent('z', ({ b }) => normal(mul(2, b), 1))
    .observed('x', ({ z }) => normal(z, 1))
  const q = guide(shifted)
    .param('odds', real())
    .param('low', real())
    .param('high', real())
    .param('scale', positive())
    .latent('b', ({ odds }) => bernoulli({ logits: odds }))
    .latent('z', ({ b, low, high, scale }) => normal(add(low, mul(b, high)), scale))
  const { logEvidence } = await enumeration(shifted).fit({ x: 1.4 })
  const how = {
    guide: q,
    estimator: vimco({ particles: 5 }),
    optimizer,
    steps: 20_000,
    convergence: false,
  } as const
  const fit = await bbvi(shifted, how).fit({ x: 1.4 }, { seed: 0 })
  expect(logEvidence - fit.elbo).toBeLessThan(0.02)
})

test('a discrete latent is refused by what differentiates draws, at once by the types', async () => {
  const coin = model('coin')
    .latent('b', bernoulli({ probs: 0.5 }))
    .observed('x', ({ b }) => normal(b, 1))
  // @ts-expect-error "b" is discrete
  const fit = bbvi(coin, { estimator: doublyReparameterized({ particles: 2 }) }).fit({ x: 1 }, { seed: 0 })
  await expect(fit).rejects.toThrow(
    'doublyReparameterized differentiates draws, and "b" is discrete: its draws jump as the parameters move, and have no derivative: use vimco()',
  )
})
