import '@tensorflow/tfjs-backend-cpu'
import { memory, tensor1d, tidy } from '@tensorflow/tfjs-core'
import { key } from '@variate/core'
import { adam } from '@variate/inference'
import { discretizedLogisticDecoder, vae } from '@variate/models/autoencoders'
import { orderedLogistic } from '@variate/distributions'
import { expect, test } from 'vitest'
import { gradientError } from './gradientError.ts'

/** What the network gives for a pixel: the mean, and a number of which the scale is made. */
const of = (levels: number, loc: number, y: number) =>
  discretizedLogisticDecoder({ levels }).distribution(tensor1d([loc, y]), 1)
const scaleOf = (y: number): number => 0.001 + Math.log1p(Math.exp(y))
const range = (count: number): number[] => Array.from({ length: count }, (_, k) => k)

test.each([
  [2, 0.3, -1],
  [5, -0.4, 0.5],
  [256, 0.97, -3],
  [256, -3, -2],
])(
  'probabilities of %d levels are those of an ordered logistic regression, and add up to 1',
  (levels, loc, y) => {
    tidy(() => {
      const d = of(levels, loc, y)
      const logs = d.logProb(tensor1d(range(levels), 'int32')).dataSync()
      const edges = range(levels - 1).map((k) => (-1 + (2 * k + 1) / (levels - 1)) / scaleOf(y))
      const expected = orderedLogistic(loc / scaleOf(y), edges)
        .logProb(range(levels))
        .dataSync()
      logs.forEach((own, k) =>
        expect(Math.abs(own - expected[k]!)).toBeLessThan(2e-4 * Math.max(1, Math.abs(expected[k]!))),
      )
      const probabilities = [...logs].map(Math.exp)
      expect(probabilities.reduce((a, b) => a + b)).toBeCloseTo(1, 4)
      const mean = probabilities.reduce((total, p, k) => total + p * k, 0)
      expect(Math.abs(d.mean().dataSync()[0]! - mean)).toBeLessThan(1e-3 * Math.max(1, mean))
    })
  },
)

test('draws are levels with these probabilities', () => {
  tidy(() => {
    const [levels, COUNT] = [5, 20_000]
    const d = of(levels, -0.4, 0)
    const draws = d.sample(key(0), [COUNT])
    expect([draws.dtype, draws.shape]).toEqual(['int32', [COUNT, 1]])
    const probabilities = [...d.logProb(tensor1d(range(levels))).dataSync()].map(Math.exp)
    const data = [...draws.dataSync()]
    const squares = probabilities.map(
      (p, k) => (data.filter((own) => own === k).length - COUNT * p) ** 2 / (COUNT * p),
    )
    // The 0.999 quantile of χ² with 4 degrees of freedom (scipy 1.17.1).
    expect(squares.reduce((a, b) => a + b)).toBeLessThan(18.467)
  })
})

test('what is no level is impossible, NaN stays NaN, and nothing is left behind', () => {
  const before = memory().numTensors
  tidy(() => {
    const logs = of(3, 0, 0).logProb([-1, 0.5, 3, NaN, 2]).dataSync()
    expect([...logs].slice(0, 4)).toEqual([-Infinity, -Infinity, -Infinity, NaN])
    expect(logs[4]).toBeLessThan(0)
  })
  expect(memory().numTensors).toBe(before)
})

test('derivatives of all parameters are those of differences', () => {
  const decoder = discretizedLogisticDecoder({ levels: 4 })
  expect(
    gradientError(vae({ data: 3, latents: 1, hidden: [3], activation: 'tanh', decoder }), {
      x: [[0, 3, 1], [2, 1, 3]], // prettier-ignore
    }),
  ).toBeLessThan(1e-6)
})

test('brightness is learned from bytes', async () => {
  const x = range(8).map((i) => [i % 2 === 0 ? 240 : 20, i % 2 === 0 ? 10 : 200, 128])
  const settings = {
    data: 3,
    latents: 1,
    hidden: [8],
    batch: 8,
    epochs: 300,
    optimizer: adam({ rate: 0.02 }),
  }
  const fit = await vae({ ...settings, decoder: discretizedLogisticDecoder() }).fit({ x }, { seed: 0 })
  const { x: again } = await fit.reconstruct(x)
  again.data.forEach((own, at) => expect(Math.abs(own - x[Math.floor(at / 3)]![at % 3]!)).toBeLessThan(25))
  const drawn = (await fit.sample(50, { seed: 1 })).x
  expect(drawn.shape).toEqual([50, 3])
  expect(drawn.data.every((level) => Number.isInteger(level) && level >= 0 && level <= 255)).toBe(true)
  expect((await fit.encode(drawn)).mean.z.shape).toEqual([50, 1])
  await expect(
    vae({ ...settings, decoder: discretizedLogisticDecoder() }).fit(
      { x: x.map((row) => row.with(0, 256)) },
      { seed: 0 },
    ),
  ).rejects.toThrow('256')
})

test('there are two levels at least', () => {
  expect(() => discretizedLogisticDecoder({ levels: 1 })).toThrow('levels must be a whole number ≥ 2, got 1')
  expect(() => discretizedLogisticDecoder({ leastScale: -1 })).toThrow(
    'leastScale must be finite and > 0, got -1',
  )
})
