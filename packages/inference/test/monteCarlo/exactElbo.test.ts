import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { UnsupportedError } from '@variate/core'
import { bernoulli, cauchy, laplace, normal, uniform } from '@variate/distributions'
import { elbo } from '@variate/inference'
import { guide, model } from '@variate/language'

test.each([0.05, 1, 50])(
  'of a density with a kink, of scale %f, no number is given that is not exact',
  async (scale) => {
    const kinked = model('kinked')
      .latent('z', uniform(0, 1))
      .observed('x', ({ z }) => laplace(z, scale))
    const by = elbo(kinked, guide(kinked).latent('z', uniform(0, 1)))
    for (const x of [0.34, 0.38, 0.42, 0.66]) {
      // E|x − z| of a uniform z.
      const exact = -Math.log(2 * scale) - (x ** 2 + (1 - x) ** 2) / 2 / scale
      const got = await by.exact({ x }).catch((error: unknown) => error)
      const isRefused = got instanceof UnsupportedError && got.message.includes('quadrature does not settle')
      expect(isRefused || Math.abs((got as number) - exact) < 1e-5, `${x}: ${String(got)}, ${exact}`).toBe(
        true,
      )
    }
  },
)

test('a bound that is −∞ is refused', async () => {
  const wide = model('wide')
    .latent('z', cauchy(0, 1))
    .observed('x', ({ z }) => normal(z, 1))
  const by = elbo(wide, guide(wide).latent('z', cauchy(0, 1)))
  await expect(by.exact({ x: 1 })).rejects.toThrow(
    'model "wide": elbo: quadrature does not settle: it gives -',
  )
})

test('discrete latents are summed over, whatever their number', async () => {
  const coin = model('coin')
    .latent('c', bernoulli({ probs: 0.5 }))
    .observed('x', ({ c }) => laplace(c, 1))
  const bound = await elbo(coin, guide(coin).latent('c', bernoulli({ probs: 0.5 }))).exact({ x: 0.25 })
  expect(bound).toBeCloseTo(-Math.log(2) - 0.5, 12)
})
