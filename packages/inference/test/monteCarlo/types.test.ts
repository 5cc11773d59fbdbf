import '@tensorflow/tfjs-backend-cpu'
import { expect, expectTypeOf, test } from 'vitest'
import type { NdArray } from '@variate/core'
import { bernoulli, normal } from '@variate/distributions'
import { annealedImportanceSampling, elbo, importanceSampling, priorLikelihood } from '@variate/inference'
import { guide, model, positive, real } from '@variate/language'

const point = model('point')
  .param('mu', real())
  .latent('z', ({ mu }) => normal(mu, 1))
  .observed('x', ({ z }) => normal(z, 1))
const q = guide(point)
  .param('scale', positive())
  .latent('z', ({ x, scale }) => normal(x, scale))
const other = guide(model('other').latent('b', bernoulli({ probs: 0.5 }))).latent(
  'b',
  bernoulli({ probs: 0.5 }),
)

test('results are typed by site', async () => {
  const fit = await importanceSampling(point, { proposal: q, particles: 10 }).fit(
    { x: 1, mu: 0, scale: 1 },
    { seed: 0 },
  )
  expectTypeOf(fit.posterior.mean).toEqualTypeOf<Readonly<Record<'z', NdArray<Float64Array>>>>()
  const { gradient } = await elbo(point, q, { particles: 10 }).gradient(
    { x: 1, mu: 0, scale: 1 },
    { seed: 0, repeats: 2 },
  )
  expectTypeOf(gradient).toEqualTypeOf<Readonly<Record<'mu' | 'scale', NdArray<Float64Array>>>>()
  expect(Object.keys(gradient)).toEqual(['mu', 'scale'])
})

test('what is missing, or of another model, does not type-check, and is told of', async () => {
  // @ts-expect-error Property 'scale' is missing
  await expect(elbo(point, q).exact({ x: 1, mu: 0 })).rejects.toThrow('site "scale" must be given')
  // @ts-expect-error Property 'mu' is missing
  await expect(priorLikelihood(point).gradient({ x: 1 }, { seed: 0 })).rejects.toThrow(
    'site "mu" must be given',
  )
  // @ts-expect-error a seed or a key is missing
  await expect(importanceSampling(point).fit({ x: 1, mu: 0 }, {})).rejects.toThrow('a seed or a key')
  // @ts-expect-error Property 'x' is missing
  await expect(annealedImportanceSampling(point).fit({ mu: 0 }, { seed: 0 })).rejects.toThrow(
    'site "x" must be given',
  )
  // @ts-expect-error 'the guide has no latent "z"'
  const bound = elbo(point, other)
  await expect(bound.exact({ x: 1, mu: 0 } as never)).rejects.toThrow('the guide has site "b"')
  // @ts-expect-error 'the guide has no latent "z"'
  const byOther = importanceSampling(point, { proposal: other })
  await expect(byOther.fit({ x: 1, mu: 0 } as never, { seed: 0 })).rejects.toThrow('the guide has site "b"')
})
