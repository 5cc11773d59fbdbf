import '@tensorflow/tfjs-backend-cpu'
import { memory, type Tensor } from '@tensorflow/tfjs-core'
import { slice, square, sub } from '@variate/core/ops'
import { laplace, normal } from '@variate/distributions'
import { reparameterization } from '@variate/estimators'
import { conditional, planarFlow, realNvp } from '@variate/families'
import { adam, amortized, schedules } from '@variate/inference'
import { flowVae } from '@variate/models/deep'
import { expect, test } from 'vitest'
import { gradientError, objectiveOf } from './gradients.ts'

const bits = [
  [1, 1, 0],
  [0, 1, 1],
]

test.each([
  ['planar', planarFlow({ layers: 2 })],
  ['coupling', realNvp({ layers: 2, hidden: [3] })],
])('gradients are those of central differences: %s layers', (_, flow) => {
  const { model, encoder } = flowVae({ observed: 3, latents: 2, hidden: 3, flow })
  expect(gradientError(objectiveOf(model, conditional(encoder), { x: bits }))).toBeLessThan(1e-7)
})

const NOISE = 0.2
/** z2 − z1²: the posterior of z is a banana. */
const bend = {
  input: [2],
  output: [1],
  init: () => ({}),
  apply: (_: unknown, z: Tensor) => {
    const [one, two] = [slice(z, [0], [1]), slice(z, [1], [1])]
    return sub(two, square(one))
  },
}
const x = [[0], [-1.5]]
/** log p(x): x given z1 is N(−z1², 1 + s²), and z1 is integrated by Simpson's rule. */
const evidence = (y: number): number => {
  const [count, step] = [2000, 16 / 2000]
  let total = 0
  for (let i = 0; i <= count; i++) {
    const z = -8 + i * step
    const weight = i === 0 || i === count ? 1 : i % 2 === 1 ? 4 : 2
    const variance = 1 + NOISE ** 2
    const log = -0.5 * (z ** 2 + (y + z ** 2) ** 2 / variance) - Math.log(2 * Math.PI * Math.sqrt(variance))
    total += weight * Math.exp(log)
  }
  return Math.log((total * step) / 3)
}

test('of a posterior that is a banana a flow tells more than normals, and neither more than there is', async () => {
  const before = memory().numTensors
  const observation = (decoded: Tensor) => normal(decoded, NOISE)
  const flow = realNvp({ layers: 2, hidden: [8] })
  const { model, encoder } = flowVae({ observed: 1, latents: 2, hidden: 4, flow, decoder: bend, observation })
  const rate = schedules.cosineDecay({ start: 0.03, steps: 2000 })
  const estimator = reparameterization({ particles: 8 })
  const options = { epochs: 2000, estimator, optimizer: adam({ rate }), kl: 'sampled' } as const
  const diagonal = { z: { from: 'x', network: encoder.z.network } } as const
  const bounds = []
  for (const own of [diagonal, encoder]) {
    const fit = await amortized(model, { ...options, encoder: own }).fit({ x }, { seed: 0 })
    bounds.push(await fit.evaluate(x, { seed: 1, draws: 500 }))
  }
  const [normals, bent] = bounds as [(typeof bounds)[0], (typeof bounds)[0]]
  const exact = (evidence(0) + evidence(-1.5)) / 2
  expect(bent.elbo).toBeLessThan(exact + 3 * bent.standardError)
  expect(bent.elbo).toBeGreaterThan(normals.elbo + 0.3)
  expect(exact - bent.elbo).toBeLessThan((exact - normals.elbo) / 2)
  expect(memory().numTensors).toBe(before)
})

test('with another distribution of the data it trains on', async () => {
  const observation = (decoded: Tensor) => laplace(decoded, 0.2)
  const flow = realNvp({ layers: 1, hidden: [3] })
  const { model, encoder } = flowVae({ observed: 2, latents: 1, hidden: 4, flow, observation })
  const rows = Array.from({ length: 12 }, (_, i) => [Math.sin(i), Math.sin(i)])
  const fit = await amortized(model, { encoder, epochs: 100, optimizer: adam({ rate: 0.03 }) }).fit(
    { x: rows },
    { seed: 0 },
  )
  expect(fit.elbo).toBeGreaterThan(fit.history[0]!.elbo + 1)
})

test('a decoder of another number of latents is refused', () => {
  expect(() => flowVae({ observed: 1, latents: 3, hidden: 4, decoder: bend })).toThrow(
    'flowVae: decoder must take shape [3], and its shape is [2]',
  )
})
