import '@tensorflow/tfjs-backend-cpu'
import { bernoulli, multivariateNormalDiag, normal } from '@variate/distributions'
import { automatic } from '@variate/estimators'
import { meanField } from '@variate/families'
import { bbvi } from '@variate/inference'
import { model } from '@variate/language'
import { expect, test } from 'vitest'

// The noise of all continuous latents is drawn at once: their draws are independent nevertheless, and each has its own scale.

const mixed = model('mixed')
  .latent('a', normal(0, 1))
  .latent('v', multivariateNormalDiag([0, 0, 0], [1, 1, 1]))
  .latent('c', bernoulli({ probs: 0.5 }))
  .plate('i', 'n', (i) => i.latent('z', ({ a }) => normal(a, 1)).observed('x', ({ z }) => normal(z, 1)))

const COUNT = 20_000

test('numbers of all latents are independent under mean field', async () => {
  const family = meanField({ scale: 0.3 })
  const fit = await bbvi(mixed, { family, estimator: automatic(), steps: 1 }).fit({ x: [1, 2] }, { seed: 0 })
  const draws = await fit.posterior.sample(COUNT, { seed: 1 })
  const columns = (['a', 'v', 'c', 'z'] as const).flatMap((name) => {
    const { data } = draws[name]
    const width = data.length / COUNT
    return Array.from({ length: width }, (_, at) =>
      Float64Array.from({ length: COUNT }, (__, row) => data[row * width + at]!),
    )
  })
  expect(columns).toHaveLength(1 + 3 + 1 + 2)
  const standard = columns.map((x) => {
    const mean = x.reduce((sum, own) => sum + own, 0) / COUNT
    const deviation = Math.sqrt(x.reduce((sum, own) => sum + (own - mean) ** 2, 0) / COUNT)
    return { deviation, x: x.map((own) => (own - mean) / deviation) }
  })
  for (const [i, { deviation, x }] of standard.entries()) {
    // A step of Adam moves log scales by 0.01, and the discrete one has none; the variance of a standard deviation is σ²/2n.
    const scale = i === 4 ? deviation : 0.3
    expect(Math.abs(Math.log(deviation / scale))).toBeLessThan(0.011 + 4.5 / Math.sqrt(2 * COUNT))
    for (const other of standard.slice(0, i)) {
      const correlation = x.reduce((sum, own, row) => sum + own * other.x[row]!, 0) / COUNT
      expect(Math.abs(correlation)).toBeLessThan(4.5 / Math.sqrt(COUNT))
    }
  }
})
