import '@tensorflow/tfjs-backend-cpu'
import type { NdArray } from '@variate/core'
import {
  categoricalDecoder,
  discretizedLogisticDecoder,
  gaussianDecoder,
  vae,
  vampPriorVae,
} from '@variate/models/autoencoders'
import { expect, test } from 'vitest'
import { gradientError } from './gradientError.ts'
import { exactly } from './linear.ts'

const small = { data: 2, latents: 2, components: 3, hidden: [3], activation: 'tanh' } as const

test.each([
  [
    'bernoulli',
    vampPriorVae(small),
    [
      [1, 0],
      [1, 1],
    ],
  ],
  [
    'gaussian',
    vampPriorVae({ ...small, decoder: gaussianDecoder() }),
    [
      [0.3, -1],
      [0.5, 2],
    ],
  ],
  [
    'levels',
    vampPriorVae({ ...small, decoder: discretizedLogisticDecoder({ levels: 4 }) }),
    [
      [3, 0],
      [1, 2],
    ],
  ],
  [
    'categories',
    vampPriorVae({ ...small, data: 1, decoder: categoricalDecoder({ categories: 2 }) }),
    [[[1, 0]], [[0, 1]]],
  ],
] as const)('derivatives of all parameters are those of differences: %s', (_, { model, encoder }, x) => {
  expect(gradientError({ model, encoder }, { x })).toBeLessThan(1e-6)
})

/** Two clusters of numbers on a line, apart by many of their widths, and others of the same. */
const about = (offsets: readonly number[]): number[][] =>
  [-3, 3].flatMap((center) => offsets.map((own) => [center + own]))
const [clusters, others] = [about([-0.3, -0.1, 0.1, 0.3]), about([-0.2, 0, 0.2])]
const SCALE = 0.2
const linear = { data: 1, latents: 1, hidden: [], particles: 4, decoder: gaussianDecoder({ scale: SCALE }) }

interface Layer {
  readonly weights: NdArray<Float64Array>
  readonly bias: NdArray<Float64Array>
}

/** Locations and scales that a linear encoder gives, and the line that the decoder is. */
function lines({ encoder, decoder }: { readonly encoder: unknown; readonly decoder: unknown }) {
  const [, { weights, bias }] = encoder as readonly [unknown, Layer]
  const [line] = decoder as readonly [Layer]
  return {
    q: (x: number) => ({
      loc: weights.at(0, 0) * x + bias.at(0),
      scale: Math.exp(weights.at(1, 0) * x + bias.at(1)),
    }),
    slope: line.weights.at(0, 0),
    level: line.bias.at(0),
  }
}

test('with one pseudo-input that stays where it is, the bound is that with its normal as the prior', async () => {
  const algorithm = vampPriorVae({ ...linear, components: 1, precision: 'float64', ...exactly(300) })
  const fit = await algorithm.fit({ x: clusters, pseudoInputs: [[0.5]] } as never, { seed: 0 })
  const { q, slope, level } = lines(fit.params)
  const prior = q(0.5)
  const exact = clusters.map(([x]) => {
    const { loc, scale } = q(x!)
    const squares = (x! - slope * loc - level) ** 2 + (slope * scale) ** 2
    const reconstruction = -0.5 * (squares / SCALE ** 2 + Math.log(2 * Math.PI * SCALE ** 2))
    const ratio = (scale / prior.scale) ** 2
    return reconstruction - 0.5 * (ratio + ((loc - prior.loc) / prior.scale) ** 2 - 1 - Math.log(ratio))
  })
  const expected = exact.reduce((a, b) => a + b) / exact.length
  const { elbo, standardError } = await fit.evaluate(clusters, { seed: 1, draws: 8000 })
  expect(Math.abs(elbo - expected)).toBeLessThan(4 * standardError)
  expect(standardError).toBeLessThan(0.05)
  expect(fit.params.pseudoInputs.at(0, 0)).toBeCloseTo(0.5, 6)
})

const fitted = (() => {
  const options = { ...linear, components: 4, pseudoInputs: [[-2], [-1], [1], [2]], ...exactly(800, 0.05) }
  const algorithm = vampPriorVae(options)
  let fit: ReturnType<typeof algorithm.fit> | undefined
  return { algorithm, fit: () => (fit ??= algorithm.fit({ x: clusters }, { seed: 0 })) }
})()

test('clusters that it has not seen have a higher bound than with a normal prior', async () => {
  const fit = await fitted.fit()
  const normal = await vae({ ...linear, ...exactly(800, 0.05) }).fit({ x: clusters }, { seed: 0 })
  const [own, its] = [
    await fit.evaluate(others, { seed: 1, draws: 400 }),
    await normal.evaluate(others, { seed: 1, draws: 400 }),
  ]
  // By half of log(9.05 / 0.05), the variances without and within the clusters, less log 2: about 1.9.
  expect(own.elbo - its.elbo).toBeGreaterThan(1.5)
})

test('log p(x), draws and gaps are those of the mixture of the encoder at the pseudo-inputs', async () => {
  const fit = await fitted.fit()
  const { q, slope, level } = lines(fit.params)
  const parts = [0, 1, 2, 3].map((k) => {
    const { loc, scale } = q(fit.params.pseudoInputs.at(k, 0))
    return { mean: slope * loc + level, variance: (slope * scale) ** 2 + SCALE ** 2 }
  })
  const exact = others.map(([x]) => {
    const densities = parts.map(
      ({ mean, variance }) =>
        Math.exp((-0.5 * (x! - mean) ** 2) / variance) / 4 / Math.sqrt(2 * Math.PI * variance),
    )
    return Math.log(densities.reduce((a, b) => a + b))
  })
  const { pointwise } = await fit.estimateLogLikelihood(others, { particles: 10_000, seed: 1 })
  exact.forEach((own, i) => expect(Math.abs(pointwise.data[i]! - own)).toBeLessThan(0.03))

  const count = 4000
  const { x } = await fit.sample(count, { seed: 2 })
  const mean = parts.reduce((sum, part) => sum + part.mean / 4, 0)
  const square = parts.reduce((sum, part) => sum + (part.variance + part.mean ** 2) / 4, 0)
  const all = Array.from(x.data)
  const drawn = all.reduce((sum, own) => sum + own / count, 0)
  const squares = all.reduce((sum, own) => sum + own ** 2 / count, 0)
  expect(Math.abs(drawn - mean)).toBeLessThan(4.5 * Math.sqrt((square - mean ** 2) / count))
  expect(Math.abs(squares / square - 1)).toBeLessThan(0.05)

  const { elbo, refinedElbo, logLikelihood } = await fit.gaps(others, { seed: 3, steps: 60, particles: 400 })
  expect(Math.abs(logLikelihood - exact.reduce((a, b) => a + b) / exact.length)).toBeLessThan(0.05)
  expect(refinedElbo).toBeGreaterThan(elbo - 0.01)
})

test('what is encoded is what the network of the model gives, and a saved fit is the same', async () => {
  const { algorithm, fit: fitOnce } = fitted
  const fit = await fitOnce()
  const { q, slope, level } = lines(fit.params)
  const again = await algorithm.load(fit.toBytes())
  for (const own of [fit, again]) {
    const { mean, variance } = await own.encode(others)
    const { x } = await own.decode(mean)
    others.forEach(([at], i) => {
      const { loc, scale } = q(at!)
      expect(mean.z.data[i]).toBeCloseTo(loc, 4)
      expect(variance.z.data[i]! / scale ** 2).toBeCloseTo(1, 4)
      expect(x.data[i]).toBeCloseTo(slope * loc + level, 4)
    })
  }
  expect(again.elbo).toBe(fit.elbo)
  expect([...again.params.pseudoInputs.data]).toEqual([...fit.params.pseudoInputs.data])
  const [one, two] = await Promise.all([fit, again].map((own) => own.sample(3, { seed: 4 })))
  expect([...one!.x.data]).toEqual([...two!.x.data])
})

test('bad options are refused', () => {
  expect(() => vampPriorVae({ components: 0 })).toThrow('components must be a whole number ≥ 1, got 0')
  expect(() => vampPriorVae({ family: undefined } as never)).toThrow('family: the prior is of the normals')
  const begin = (pseudoInputs: number[][]) => () => vampPriorVae({ data: 2, components: 2, pseudoInputs })
  expect(begin([[0, 1]])).toThrow('pseudoInputs must have shape [2,2], got [1,2]')
  expect(
    begin([
      [0, 1],
      [0, 2],
    ]),
  ).toThrow('pseudoInputs must be between 0 and 1, as examples are, got 2 in row 1')
})
