import '@tensorflow/tfjs-backend-cpu'
import { normal } from '@variate/distributions'
import { adam, amortized } from '@variate/inference'
import { dense, dropout, mlp, model, sequential } from '@variate/language'
import { expect, test } from 'vitest'

const NOISE = 0.5
const x = [[1.5, -0.4], [-0.7, 0.9], [0.3, 2]] // prettier-ignore
const line = model('line')
  .network('decoder', sequential([dropout([1], 0.5), dense(1, 2)]))
  .plate('i', 'n', (i) =>
    i.latent('z', normal([0], 1)).observed('x', ({ z, decoder }) => normal(decoder(z), NOISE)),
  )

/** log N(x; b, w·wᵀ + σ²I) of two numbers. */
function logDensity(own: readonly number[], w: readonly number[], b: readonly number[]): number {
  const variance = NOISE ** 2
  const [c, d] = own.map((value, k) => value - b[k]!) as [number, number]
  const [u, v] = w as [number, number]
  const determinant = variance * (variance + u * u + v * v)
  const square = ((variance + v * v) * c * c - 2 * u * v * c * d + (variance + u * u) * d * d) / determinant
  return -Math.log(2 * Math.PI) - 0.5 * Math.log(determinant) - 0.5 * square
}

test('q of each example is refined for the networks as they are evaluated, without dropout', async () => {
  const encoder = { z: { from: 'x', network: mlp([2, 3]) } } as const
  const optimizer = adam({ rate: 0.03 })
  const fit = await amortized(line, { encoder, epochs: 100, optimizer, precision: 'float64' }).fit(
    { x },
    { seed: 0 },
  )
  const [, { weights, bias }] = fit.params.decoder as never as [
    unknown,
    Record<string, { data: Float64Array }>,
  ]
  const exact = x.reduce((sum, own) => sum + logDensity(own, [...weights!.data], [...bias!.data]) / 3, 0)
  const { refinedElbo, logLikelihood, approximation } = await fit.gaps(x, { seed: 1, steps: 400 })
  // A normal posterior of one number is of the family: nothing is lacking then.
  expect(Math.abs(refinedElbo - exact)).toBeLessThan(1e-3)
  expect(Math.abs(logLikelihood - exact)).toBeLessThan(1e-3)
  expect(Math.abs(approximation)).toBeLessThan(1e-3)
})
