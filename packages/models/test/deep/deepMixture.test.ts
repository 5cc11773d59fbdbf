import '@tensorflow/tfjs-backend-cpu'
import { memory, type Tensor } from '@tensorflow/tfjs-core'
import { NdArray } from '@variate/core'
import { laplace, normal } from '@variate/distributions'
import { relaxedReparameterization, vimco } from '@variate/estimators'
import { guideFamily } from '@variate/families'
import { adam, amortized, enumeration } from '@variate/inference'
import { gaussianMixture } from '@variate/models'
import { deepMixture } from '@variate/models/deep'
import { expect, test } from 'vitest'
import { gradientError, objectiveOf } from './gradients.ts'

const NOISE = 0.3
const rows = Array.from({ length: 16 }, (_, i) => [
  (i % 2 === 0 ? 2 : -2) + Math.sin(1.3 * i * i),
  (i % 2 === 0 ? 1 : -1) + Math.cos(2.1 * i * i),
])
const identity = { input: [2], output: [2], init: () => ({}), apply: (_: unknown, z: Tensor) => z }
const near = (decoded: Tensor) => normal(decoded, NOISE)

test('gradients of the bound, exact in components and with fixed noise in z, are those of central differences', () => {
  const { model, guide } = deepMixture({
    observed: 2,
    components: 2,
    latents: 1,
    hidden: 3,
    observation: near,
  })
  const units = [0, 1].map((k) => ({ c: new NdArray(Int32Array.of(1 - k, k), [1, 2]) }))
  expect(gradientError(objectiveOf(model, guideFamily(guide), { x: rows.slice(0, 1) }, units))).toBeLessThan(
    1e-7,
  )
})

test('where the decoder is the identity it is the Gaussian mixture, with the noise in the variances', async () => {
  const mixture = await gaussianMixture({ components: 2, covariance: 'diagonal' }).fit(rows, { seed: 0 })
  const { model } = deepMixture({
    observed: 2,
    components: 2,
    latents: 2,
    hidden: 3,
    decoder: identity,
    observation: near,
  })
  const variances = mixture.covariances
  const exact = await enumeration(model).fit({
    x: rows,
    decoder: {},
    weights: mixture.weights,
    mean: mixture.means,
    scale: new NdArray(
      variances.data.map((own) => Math.sqrt(own - NOISE ** 2)),
      [2, 2],
    ),
  } as never)
  expect(exact.logEvidence).toBeCloseTo(mixture.logLikelihood, 6)
})

test.each([
  ['VIMCO', vimco({ particles: 4 })],
  ['relaxed components', relaxedReparameterization({ temperature: 0.5 })],
])('a learned E-step comes to responsibilities, with parameters of the mixture: %s', async (_, estimator) => {
  const before = memory().numTensors
  const mixture = await gaussianMixture({ components: 2, covariance: 'diagonal' }).fit(rows, { seed: 0 })
  const { model, guide } = deepMixture({
    observed: 2,
    components: 2,
    latents: 2,
    hidden: 8,
    decoder: identity,
    observation: near,
  })
  const given = {
    decoder: {},
    weights: mixture.weights,
    mean: mixture.means,
    scale: new NdArray(
      mixture.covariances.data.map((own) => Math.sqrt(own - NOISE ** 2)),
      [2, 2],
    ),
  }
  const algorithm = amortized(model, { guide, estimator, epochs: 300, optimizer: adam({ rate: 0.02 }) })
  const fit = await algorithm.fit({ x: rows, ...given } as never, { seed: 0 })
  const exact = mixture.logLikelihood / rows.length
  const { elbo, standardError } = await fit.evaluate(rows, { seed: 1, draws: 200 })
  expect(elbo).toBeLessThan(exact + 3 * standardError)
  expect(elbo).toBeGreaterThan(exact - 0.5)
  const { logLikelihood } = await fit.estimateLogLikelihood(rows, { seed: 2, particles: 500 })
  expect(Math.abs(logLikelihood - exact)).toBeLessThan(0.03)
  expect(memory().numTensors).toBe(before)
})

test('with another distribution of the data it trains on', async () => {
  const observation = (decoded: Tensor) => laplace(decoded, 0.3)
  const { model, guide } = deepMixture({ observed: 2, components: 2, latents: 1, hidden: 4, observation })
  const estimator = vimco({ particles: 3 })
  const fit = await amortized(model, { guide, estimator, epochs: 200, optimizer: adam({ rate: 0.03 }) }).fit(
    { x: rows },
    { seed: 0 },
  )
  expect(fit.elbo).toBeGreaterThan(fit.history[0]!.elbo + 2)
})

test('one component is refused', () => {
  expect(() => deepMixture({ observed: 2, components: 1, latents: 1, hidden: 4 })).toThrow(
    'deepMixture: components must be a whole number ≥ 2, got 1',
  )
})
