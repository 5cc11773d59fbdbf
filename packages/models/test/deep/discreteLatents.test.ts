import '@tensorflow/tfjs-backend-cpu'
import { memory, type Tensor } from '@tensorflow/tfjs-core'
import { NdArray } from '@variate/core'
import { normal } from '@variate/distributions'
import { relaxedReparameterization, vimco } from '@variate/estimators'
import { guideFamily } from '@variate/families'
import { adam, amortized } from '@variate/inference'
import { discreteVae, sigmoidBeliefNetwork } from '@variate/models/deep'
import { expect, test } from 'vitest'
import { gradientError, objectiveOf } from './gradients.ts'

const bits = (count: number): number[][] =>
  Array.from({ length: 2 ** count }, (_, i) => Array.from({ length: count }, (__, j) => (i >> j) & 1))
const array = (data: readonly number[], shape: readonly number[]) => new NdArray(Int32Array.from(data), shape)

/** All values of a belief network with layers of 2 and 1 units, and of two binary latents, of one example. */
const layered = bits(3).map(([a, b, c]) => ({ z1: array([a!, b!], [1, 2]), z2: array([c!], [1, 1]) }))
const paired = bits(2).map(([a, b]) => ({ z: array([a!, 1 - a!, b!, 1 - b!], [1, 2, 2]) }))

const belief = sigmoidBeliefNetwork({ observed: 3, widths: [2, 1] })
const categorical = discreteVae({ observed: 3, latents: 2, categories: 2, hidden: 3 })
const x = [
  [1, 1, 0],
  [0, 0, 1],
  [1, 1, 1],
]
const logSumExp = (of: readonly number[]): number => {
  const most = Math.max(...of)
  return most + Math.log(of.reduce((sum, log) => sum + Math.exp(log - most), 0))
}

test.each([
  ['a sigmoid belief network', belief, layered],
  ['a discrete VAE', categorical, paired],
] as const)(
  'gradients of the exact bound are those of central differences: %s',
  (_, { model, guide }, all) => {
    expect(
      gradientError(objectiveOf(model, guideFamily(guide as never), { x: x.slice(0, 1) }, all)),
    ).toBeLessThan(1e-7)
  },
)

test.each([
  ['a sigmoid belief network', belief, layered],
  ['a discrete VAE', categorical, paired],
] as const)(
  'the bound is below the log evidence, which the weights of draws come to: %s',
  async (_, own, all) => {
    const before = memory().numTensors
    const { model, guide } = own as unknown as typeof categorical
    const estimator = vimco({ particles: 4 })
    const fit = await amortized(model, { guide, estimator, epochs: 60, optimizer: adam({ rate: 0.03 }) }).fit(
      { x },
      { seed: 0 },
    )
    const evidence = await Promise.all(
      x.map(async (row) => {
        const logs = all.map((z) => model.logJoint({ ...fit.params, ...z, x: [row] } as never))
        return logSumExp(await Promise.all(logs))
      }),
    )
    const exact = evidence.reduce((sum, log) => sum + log, 0) / x.length
    const { elbo, standardError } = await fit.evaluate(x, { seed: 1, draws: 200 })
    expect(elbo).toBeLessThan(exact + 3 * standardError)
    expect(exact).toBeGreaterThan(-3 * Math.log(2))
    const { pointwise } = await fit.estimateLogLikelihood(x, { seed: 2, particles: 2000 })
    for (const [i, log] of evidence.entries()) expect(Math.abs(pointwise.data[i]! - log)).toBeLessThan(0.05)
    expect(memory().numTensors).toBe(before)
  },
)

const observation = (decoded: Tensor) => normal(decoded, 0.3)
const rows = Array.from({ length: 8 }, (_, i) => (i % 2 === 0 ? [1, -1] : [-1, 1]))
/** log p(x) of two equally probable rows that are matched exactly. */
const best = Math.log(0.5) - 2 * Math.log(0.3 * Math.sqrt(2 * Math.PI))

test.each([
  ['Gumbel-softmax', relaxedReparameterization({ temperature: 0.5 })],
  ['VIMCO', vimco({ particles: 4 })],
])('with another distribution of the data both train on: %s', async (_, estimator) => {
  const options = { estimator, epochs: 500, optimizer: adam({ rate: 0.03 }) } as const
  const one = discreteVae({ observed: 2, latents: 1, categories: 2, hidden: 4, observation })
  const other = sigmoidBeliefNetwork({ observed: 2, widths: [1, 1], observation })
  const ofOne = await amortized(one.model, { ...options, guide: one.guide }).fit({ x: rows }, { seed: 0 })
  const ofOther = await amortized(other.model, { ...options, guide: other.guide }).fit(
    { x: rows },
    { seed: 0 },
  )
  for (const fit of [ofOne, ofOther]) {
    expect(fit.elbo).toBeLessThan(best + 1e-3)
    expect(fit.elbo).toBeGreaterThan(fit.history[0]!.elbo + 3)
    const { logLikelihood } = await fit.estimateLogLikelihood(rows, { seed: 1, particles: 200 })
    expect(logLikelihood).toBeGreaterThan(best - 0.7)
  }
})

test('sizes that there cannot be are refused', () => {
  expect(() => discreteVae({ observed: 2, latents: 1, categories: 1, hidden: 4 })).toThrow(
    'discreteVae: categories must be a whole number ≥ 2, got 1',
  )
  expect(() => sigmoidBeliefNetwork({ observed: 2, widths: [] })).toThrow(
    'sigmoidBeliefNetwork: widths must have an entry for each layer, got []',
  )
})
