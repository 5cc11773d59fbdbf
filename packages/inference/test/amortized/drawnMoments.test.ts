import '@tensorflow/tfjs-backend-cpu'
import { add, broadcastTo, mean, mul } from '@variate/core/ops'
import { normal } from '@variate/distributions'
import { amortized } from '@variate/inference'
import { guide, model, real } from '@variate/language'
import { expect, test } from 'vitest'

test('moments of many examples that are found by draws are of these examples', async () => {
  // As many numbers that some ten examples are drawn of at once.
  const [WIDTH, COUNT, DRAWS] = [100, 25, 1000]
  const chain = model('chain').plate('i', 'n', (i) =>
    i
      .latent('z', normal(0, 1))
      .latent('w', ({ z }) => normal(z, 1))
      .observed('x', ({ w }) => normal(broadcastTo(w, [WIDTH]), 1)),
  )
  const q = guide(chain)
    .param('a', real())
    .plate('i', 'n', (i) =>
      i
        .latent('z', ({ x, a }) => normal(add(mean(x), mul(0, a)), 0.5))
        .latent('w', ({ z }) => normal(mul(2, z), 1)),
    )
  const x = Array.from({ length: COUNT }, (_, row) => Array<number>(WIDTH).fill(row))
  const fit = await amortized(chain, { guide: q, epochs: 1 }).fit({ x }, { seed: 0 })
  const { mean: means, variance } = await fit.encode(x, { seed: 1 })
  // w = 2z + e has the mean 2·row and the variance 4·¼ + 1; five standard errors.
  for (let row = 0; row < COUNT; row++) {
    expect(Math.abs(means.w.at(row) - 2 * row)).toBeLessThan(5 * Math.sqrt(2 / DRAWS))
    expect(Math.abs(variance.w.at(row) - 2)).toBeLessThan(5 * 2 * Math.sqrt(2 / DRAWS))
  }
})
