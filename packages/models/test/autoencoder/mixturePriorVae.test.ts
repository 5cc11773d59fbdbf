import '@tensorflow/tfjs-backend-cpu'
import { laplace } from '@variate/distributions'
import { gaussianDecoder, mixturePriorVae, vae, type Decoder } from '@variate/models/autoencoders'
import { expect, test } from 'vitest'
import { gradientError } from './gradientError.ts'
import { exactly } from './linear.ts'

const small = { data: 2, latents: 2, components: 2, hidden: [3], activation: 'tanh' } as const

/** Two clusters of four numbers on a line, apart by many of their widths. */
const clusters = [-3, 3].flatMap((center) => [-0.3, -0.1, 0.1, 0.3].map((own) => [center + own]))
const SCALE = 0.2
const linear = { data: 1, latents: 1, hidden: [], particles: 4, decoder: gaussianDecoder({ scale: SCALE }) }

test('derivatives of all parameters are those of differences', () => {
  expect(gradientError(mixturePriorVae(small), { x: [[1, 0], [1, 1]] })).toBeLessThan(1e-6) // prettier-ignore
})

test('clusters have a higher bound than with a normal prior, and log p(x) is that of the mixture', async () => {
  const how = exactly(2000, 0.05)
  const fit = await mixturePriorVae({ ...linear, components: 4, ...how }).fit({ x: clusters }, { seed: 0 })
  const normal = await vae({ ...linear, ...how }).fit({ x: clusters }, { seed: 0 })
  // By half of log(9.05 / 0.05), the variances without and within the clusters, less log 2: about 1.9.
  expect(fit.elbo - normal.elbo).toBeGreaterThan(1.5)

  const [layer] = fit.params.decoder as never as readonly Readonly<
    Record<'weights' | 'bias', { at(...of: number[]): number }>
  >[]
  const [slope, level] = [layer!.weights.at(0, 0), layer!.bias.at(0)]
  const exact = clusters.map(([x]) => {
    const densities = [0, 1, 2, 3].map((k) => {
      const variance = (slope * fit.params.scales.at(k, 0)) ** 2 + SCALE ** 2
      const mean = slope * fit.params.means.at(k, 0) + level
      return (
        (fit.params.weights.at(k) * Math.exp((-0.5 * (x! - mean) ** 2) / variance)) /
        Math.sqrt(2 * Math.PI * variance)
      )
    })
    return Math.log(densities.reduce((a, b) => a + b))
  })
  const { pointwise } = await fit.estimateLogLikelihood(clusters, { particles: 20_000, seed: 1 })
  exact.forEach((own, i) => expect(Math.abs(pointwise.data[i]! - own)).toBeLessThan(0.02))
})

test('with another likelihood it is fitted as well', async () => {
  const decoder: Decoder<ReturnType<typeof laplace>> = {
    name: 'laplace',
    width: (count) => count,
    distribution: (means) => laplace(means, SCALE),
  }
  expect(gradientError(mixturePriorVae({ ...small, decoder }), { x: [[0.3, -1], [0.5, 2]] })).toBeLessThan(1e-6) // prettier-ignore
  const fit = await mixturePriorVae({ ...linear, decoder, components: 2, ...exactly(60) }).fit(
    { x: clusters },
    { seed: 0 },
  )
  expect(fit.history[0]!.elbo).toBeLessThan(fit.elbo - 1)
})

test('a prior has at least one component', () => {
  expect(() => mixturePriorVae({ components: 0 })).toThrow('components must be a whole number ≥ 1, got 0')
})
