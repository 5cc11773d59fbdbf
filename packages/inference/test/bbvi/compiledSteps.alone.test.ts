import '@tensorflow/tfjs-backend-cpu'
import type { Explanation } from '@variate/compile'
import { bernoulli, halfCauchy, normal } from '@variate/distributions'
import { leaveOneOut, movingAverage, scoreFunction } from '@variate/estimators'
import { conditional } from '@variate/families'
import { bbvi } from '@variate/inference'
import {
  conv2d,
  convTranspose2d,
  dense,
  dropout,
  gru,
  layerNorm,
  model,
  reshape,
  residual,
  sequential,
} from '@variate/language'
import { beforeEach, expect, test, vi } from 'vitest'

const explanations = vi.hoisted(() => [] as Explanation[])
vi.mock(import('@variate/compile'), async (original) => {
  const actual = await original()
  const runLoop = async (step: never, options: never) => {
    const run = await actual.runLoop(step, options)
    explanations.push(run.explanation)
    return run
  }
  return { ...actual, runLoop: runLoop as never }
})

beforeEach(() => {
  explanations.length = 0
})

const schools = model('eight schools')
  .latent('mu', normal(0, 5))
  .latent('tau', halfCauchy(5))
  .plate('school', 8, (school) =>
    school
      .input('sigma')
      .latent('theta', ({ mu, tau }) => normal(mu, tau), { centered: false })
      .observed('y', ({ theta, sigma }) => normal(theta, sigma)),
  )
const switches = model('switches').plate('number', 20, (number) =>
  number.latent('z', bernoulli({ probs: 0.3 })).observed('x', ({ z }) => normal(z, 1)),
)

test.each(['float32', 'float64'] as const)(
  'steps of eight schools call no JavaScript in %s',
  async (precision) => {
    const data = { y: [28, 8, -3, 7, -1, 1, 18, 12], sigma: [15, 10, 16, 11, 9, 11, 10, 18] }
    await bbvi(schools, { precision, steps: 20 }).fit(data, { seed: 0 })
    expect(explanations).toMatchObject([{ engine: 'wasm', called: [] }])
  },
)

test.each([
  scoreFunction({ particles: 1, baseline: movingAverage() }),
  scoreFunction({ particles: 16, baseline: leaveOneOut() }),
])('steps by the score function with $particles particles call no JavaScript', async (estimator) => {
  const x = Array.from({ length: 20 }, (_, i) => Math.sin(i))
  await bbvi(switches, { estimator, steps: 20 }).fit({ x }, { seed: 0 })
  expect(explanations).toMatchObject([{ engine: 'wasm', called: [] }])
})

test('steps of an autoencoder with convolutions, a recurrent network and dropout call no JavaScript', async () => {
  const images = model('images')
    .network(
      'decoder',
      sequential([
        dense(2, 8, { activation: 'relu' }),
        (shape) => dropout(shape, 0.3),
        (shape) => reshape(shape, [2, 2, 2]),
        convTranspose2d([2, 2, 2], 1, { strides: 2, padding: 'same' }),
      ]),
    )
    .plate('image', 'n', (image) =>
      image
        .latent('z', normal([0, 0], 1))
        .observed('x', ({ z, decoder }) => bernoulli({ logits: decoder(z) })),
    )
  const network = sequential([
    conv2d([4, 4, 1], 2, { strides: 2, padding: 'same', activation: 'silu' }),
    layerNorm,
    (shape) => residual(conv2d(shape, 2, { padding: 'same' })),
    (shape) => dropout(shape, 0.3),
    (shape) => reshape(shape, [4, 2]),
    gru([4, 2], 3),
  ])
  const x = Array.from({ length: 6 }, (_, n) =>
    Array.from({ length: 4 }, (__, i) => Array.from({ length: 4 }, (___, j) => [(n + i * j) % 2])),
  )
  const family = conditional({ z: { from: 'x', network } })
  await bbvi(images, { family, batch: { image: 4 }, steps: 5 }).fit({ x }, { seed: 0 })
  expect(explanations).toMatchObject([{ engine: 'wasm', called: [] }])
})
