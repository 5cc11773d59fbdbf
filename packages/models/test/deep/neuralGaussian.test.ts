import '@tensorflow/tfjs-backend-cpu'
import { memory, type Tensor } from '@tensorflow/tfjs-core'
import { laplace } from '@variate/distributions'
import { conditional, meanField } from '@variate/families'
import { stickingTheLanding } from '@variate/estimators'
import { adam, amortized, bbvi, schedules } from '@variate/inference'
import { dense } from '@variate/language'
import { neuralGaussian } from '@variate/models/deep'
import { expect, test } from 'vitest'
import { gradientError, objectiveOf } from './gradients.ts'

const rows = Array.from({ length: 12 }, (_, i) => [
  2 * Math.sin(i) + 0.3 * Math.cos(5 * i),
  Math.sin(i) - 0.4 * Math.sin(11 * i),
])

test.each(['an encoder', 'parameters of each example'])(
  'gradients are those of central differences: %s',
  (kind) => {
    const { model, encoder } = neuralGaussian({ observed: 2, latents: 2, hidden: 3 })
    const family = kind === 'an encoder' ? conditional(encoder) : meanField()
    expect(gradientError(objectiveOf(model, family, { x: rows.slice(0, 3) }))).toBeLessThan(1e-7)
  },
)

/** The largest log likelihood of probabilistic PCA with one latent of two numbers: Tipping and Bishop (1999), equation 8. */
function exactOf(data: readonly (readonly number[])[]): number {
  const count = data.length
  const mean = [0, 1].map((j) => data.reduce((sum, row) => sum + row[j]!, 0) / count)
  const at = (j: number, k: number): number =>
    data.reduce((sum, row) => sum + (row[j]! - mean[j]!) * (row[k]! - mean[k]!), 0) / count
  const determinant = at(0, 0) * at(1, 1) - at(0, 1) ** 2
  return (-count / 2) * (2 * Math.log(2 * Math.PI) + Math.log(determinant) + 2)
}

test('with a linear decoder it is probabilistic PCA, by each example and by an encoder', async () => {
  const before = memory().numTensors
  const { model, encoder } = neuralGaussian({ observed: 2, latents: 1, hidden: 4, decoder: dense(1, 2) })
  const estimator = stickingTheLanding({ particles: 2 })
  const rate = schedules.cosineDecay({ start: 0.03, steps: 1500 })
  const shared = { estimator, optimizer: adam({ rate }) } as const
  const own = await bbvi(model, {
    ...shared,
    batch: { example: 6 },
    localSteps: 3,
    steps: 1500,
    convergence: false,
  }).fit({ x: rows }, { seed: 0 })
  const amortised = await amortized(model, { ...shared, encoder, kl: 'sampled', epochs: 1500 }).fit(
    { x: rows },
    { seed: 0 },
  )
  const exact = exactOf(rows)
  for (const bound of [own.elbo, 12 * amortised.elbo]) {
    expect(bound).toBeLessThan(exact + 0.05)
    expect(bound).toBeGreaterThan(exact - 0.3)
  }
  expect(memory().numTensors).toBe(before)
})

test('with another distribution of the data it trains on', async () => {
  const observation = (decoded: Tensor, noise: Tensor) => laplace(decoded, noise)
  const { model } = neuralGaussian({ observed: 2, latents: 1, hidden: 4, observation })
  const options = {
    batch: { example: 6 },
    localSteps: 2,
    optimizer: adam({ rate: 0.02 }),
    steps: 300,
  } as const
  const fit = await bbvi(model, { ...options, convergence: false }).fit({ x: rows }, { seed: 0 })
  const mean = (of: Float64Array): number => of.reduce((sum, own) => sum + own, 0) / of.length
  expect(mean(fit.history.slice(-50))).toBeGreaterThan(mean(fit.history.slice(0, 50)) + 5)
})

test('sizes that there cannot be are refused', () => {
  expect(() => neuralGaussian({ observed: 2, latents: 0, hidden: 4 })).toThrow(
    'neuralGaussian: latents must be a whole number ≥ 1, got 0',
  )
})
