import '@tensorflow/tfjs-backend-cpu'
import { tensor2d, tidy } from '@tensorflow/tfjs-core'
import { NdArray } from '@variate/core'
import { exp } from '@variate/core/ops'
import { poisson } from '@variate/distributions'
import {
  categoricalDecoder,
  conditionalVae,
  discretizedLogisticDecoder,
  gaussianDecoder,
} from '@variate/models/autoencoders'
import { adam } from '@variate/inference'
import { expect, test } from 'vitest'
import { gradientError } from './gradientError.ts'
import { exactly, pcaLogLikelihood, plane } from './linear.ts'

const small = { data: 2, conditions: 2, latents: 1, hidden: [3], activation: 'tanh' } as const
const y = [[1, 0], [0, 1]] // prettier-ignore

test('derivatives of all parameters are those of differences', () => {
  expect(gradientError(conditionalVae(small), { x: [[1, 0], [1, 1]], y })).toBeLessThan(1e-6) // prettier-ignore
})

test('linear, with normal noise, it is probabilistic PCA within what is told', async () => {
  const [NOISE, SHIFT] = [0.5, [5, -3]]
  const x = [...plane, ...plane.map((row) => row.map((own, j) => own + SHIFT[j]!))]
  const labels = x.map((_, i) => (i < plane.length ? y[0]! : y[1]!))
  const options = { data: 2, conditions: 2, latents: 1, hidden: [], particles: 4 }
  const decoder = gaussianDecoder({ scale: Math.sqrt(NOISE) })
  const algorithm = conditionalVae({ ...options, decoder, ...exactly(800, 0.05), batch: x.length })
  const fit = await algorithm.fit({ x, y: labels }, { seed: 0 })
  expect(Math.abs(fit.elbo - pcaLogLikelihood(NOISE))).toBeLessThan(0.02)
  const given = { y: new NdArray(Float64Array.of(...y.flat()), [2, 2]) }
  const drawn = await fit.decode({ z: [[0], [0]], y: given.y })
  for (const j of [0, 1]) expect(Math.abs(drawn.x.at(1, j) - drawn.x.at(0, j) - SHIFT[j]!)).toBeLessThan(0.1)
  expect((await fit.sample(2, { seed: 1, given })).x.shape).toEqual([2, 2])
})

test('with another likelihood it is fitted as well', async () => {
  const counts = {
    name: 'poisson',
    width: (count: number) => count,
    distribution: (logs: Parameters<typeof exp>[0]) => poisson(exp(logs)),
  }
  const options = {
    ...small,
    decoder: counts as never,
    batch: 2,
    epochs: 60,
    optimizer: adam({ rate: 0.03 }),
  }
  const fit = await conditionalVae(options).fit({ x: [[5, 0], [0, 5]], y }, { seed: 0 }) // prettier-ignore
  expect(fit.history[0]!.elbo).toBeLessThan(fit.elbo - 1)
})

test('how many numbers are known of an example must be said, and be there', async () => {
  expect(() => conditionalVae({ data: 2 } as never)).toThrow(
    'conditionalVae: conditions must be a whole number',
  )
  await expect(
    conditionalVae({ ...small, batch: 2 }).fit({ x: [[1, 0], [1, 1]], y: [[1], [0]] }, { seed: 0 }), // prettier-ignore
  ).rejects.toThrow('conditionalVae: "y" has shape [1] for an example, expected [2]')
})

test('what a decoder reads of examples leaves what is known as it is', () => {
  const decoder = categoricalDecoder({ categories: 2 })
  const x = [[[1, 0], [0, 1]], [[0, 1], [0, 1]]] // prettier-ignore
  const { network } = conditionalVae({ ...small, decoder }).encoder.z
  expect([network.input, network.output]).toEqual([[6], [3]])
  expect(gradientError(conditionalVae({ ...small, decoder }), { x, y })).toBeLessThan(1e-6)
  const levels = discretizedLogisticDecoder({ levels: 5 })
  const read = conditionalVae({ ...small, hidden: [], decoder: levels }).encoder.z.network
  const placed = tidy(() => [...read.apply([] as never, tensor2d([[0, 4, 7, 8]])).dataSync()])
  expect(placed).toEqual([-1, 1, 7, 8])
})
