import '@tensorflow/tfjs-backend-cpu'
import {
  categoricalDecoder,
  diagonalGaussianDecoder,
  fullGaussianDecoder,
  gaussianDecoder,
  vae,
} from '@variate/models/autoencoders'
import { expect, test } from 'vitest'
import { gradientError } from './gradientError.ts'
import { axes, exactly, plane } from './linear.ts'

const small = { data: 2, latents: 1, hidden: [3], activation: 'tanh' } as const
const rows = [[0.3, -1.2], [1, 0.4]] // prettier-ignore
const decoders = {
  'the mean alone': gaussianDecoder({ scale: 0.7 }),
  'means and scales': diagonalGaussianDecoder({ leastScale: 0.1 }),
  'any covariance': fullGaussianDecoder({ leastScale: 0.1 }),
}

test.each(Object.entries(decoders))(
  'derivatives of all parameters are those of differences: %s',
  (_, decoder) => {
    expect(gradientError(vae({ ...small, decoder: decoder as never }), { x: rows })).toBeLessThan(1e-6)
  },
)

// Nothing is told by latents whose divergence counts this much: all is noise.
const allNoise = { data: 2, latents: 1, hidden: [], beta: 50, particles: 8, ...exactly(1200, 0.1) } as const

test('noise of any covariance has that of the data, and independent noise the variances alone', async () => {
  // The mean log likelihood of the best normal distributions.
  const normal = (logDeterminant: number): number => -0.5 * (2 * Math.log(2 * Math.PI) + logDeterminant + 2)
  const logVariances = [0, 1].map((j) =>
    Math.log(axes.reduce((sum, { vector, variance }) => sum + variance * vector[j]! ** 2, 0)),
  )
  const full = await vae({ ...allNoise, decoder: fullGaussianDecoder() }).fit({ x: plane }, { seed: 0 })
  expect(Math.abs(full.elbo - normal(Math.log(axes[0].variance * axes[1].variance)))).toBeLessThan(0.01)
  expect((await full.sample(50, { seed: 1 })).x.shape).toEqual([50, 2])
  const diagonal = await vae({ ...allNoise, decoder: diagonalGaussianDecoder() }).fit(
    { x: plane },
    { seed: 0 },
  )
  expect(Math.abs(diagonal.elbo - normal(logVariances[0]! + logVariances[1]!))).toBeLessThan(0.01)
})

test('categories have a gradient, and the frequencies that they have where latents tell nothing', async () => {
  const unit = (k: number): readonly number[] => [0, 1, 2].map((own) => (own === k ? 1 : 0))
  const decoder = categoricalDecoder({ categories: 3 })
  expect(gradientError(vae({ ...small, decoder }), { x: [[unit(0), unit(2)], [unit(1), unit(1)]] })).toBeLessThan(1e-6) // prettier-ignore
  const first = [0, 0, 0, 0, 1, 1, 2, 2]
  const x = first.map((k, i) => [unit(k), unit(i % 2)])
  const fit = await vae({ ...allNoise, decoder }).fit({ x }, { seed: 0 })
  expect(Math.abs(fit.elbo + Math.log(2) * 1.5 + Math.log(2))).toBeLessThan(0.01)
  const { x: decoded } = await fit.decode([[0]])
  const expected = [0.5, 0.25, 0.25, 0.5, 0.5, 0]
  expect(decoded.shape).toEqual([1, 2, 3])
  const drawn = (await fit.sample(50, { seed: 1 })).x
  expect(drawn.shape).toEqual([50, 2, 3])
  expect((await fit.encode(drawn)).mean.z.shape).toEqual([50, 1])
  expected.forEach((own, i) => expect(Math.abs(decoded.data[i]! - own)).toBeLessThan(0.02))
})

test('a decoder says what its options must be', () => {
  expect(() => gaussianDecoder({ scale: NaN })).toThrow(
    'gaussianDecoder: scale must be finite and > 0, got NaN',
  )
  expect(() => fullGaussianDecoder({ leastScale: 0 })).toThrow('leastScale must be finite and > 0, got 0')
  expect(() => diagonalGaussianDecoder({ scale: 1 } as never)).toThrow('there is no option "scale"')
})
