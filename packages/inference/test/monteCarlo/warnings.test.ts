import '@tensorflow/tfjs-backend-cpu'
import { describe, expect, test } from 'vitest'
import { mul } from '@variate/core/ops'
import { bernoulli, normal } from '@variate/distributions'
import { annealedImportanceSampling, elbo, importanceSampling } from '@variate/inference'
import { guide, model } from '@variate/language'

const points = model('points').plate('i', 20, (i) =>
  i.latent('z', normal(0, 1)).observed('x', ({ z }) => normal(z, 0.1)),
)
const x = Array<number>(20).fill(1.5)

describe('20 particles or fewer, of which one has all the weight, are warned of', () => {
  test.each([5, 20])('%i draws of the prior', async (particles) => {
    const fit = await importanceSampling(points, { particles }).fit({ x }, { seed: 0 })
    expect(fit.effectiveSampleSize).toBeLessThan(1.1)
    expect(fit.kHat).toBe(Infinity)
    expect(fit.warnings).toEqual([
      expect.stringContaining(`site "z" (plate "i"): ${particles} particles are too few to tell`),
    ])
  })

  test('20 particles that are annealed in one step', async () => {
    const annealed = annealedImportanceSampling(points, { particles: 20, temperatures: 1 })
    const fit = await annealed.fit({ x }, { seed: 0 })
    expect(fit.kHat).toBe(Infinity)
    expect(fit.warnings).toEqual([expect.stringContaining('20 particles are too few to tell')])
  })

  test('20 draws of a guide', async () => {
    const q = guide(points).plate('i', 20, (i) => i.latent('z', normal(0, 1)))
    const { kHat, warnings } = await elbo(points, q, { particles: 20 }).estimate({ x }, { seed: 0 })
    expect(kHat).toBe(Infinity)
    expect(warnings).toEqual([expect.stringContaining('20 particles are too few to tell')])
  })
})

test('particles worth fewer than 10 draws are warned of, though the tail of their weights is light', async () => {
  // Weights are 1 in about 6 of 30 particles, and nearly 0 else: where they fill the tail, it has an end.
  const coin = model('coin')
    .latent('c', bernoulli({ probs: 0.2 }))
    .observed('x', ({ c }) => normal(mul(12, c), 1))
  const fits = await Promise.all(
    Array.from({ length: 8 }, (_, seed) =>
      importanceSampling(coin, { particles: 30 }).fit({ x: 12 }, { seed }),
    ),
  )
  const light = fits.filter(({ kHat, effectiveSampleSize }) => kHat <= 0.7 && effectiveSampleSize < 9.5)
  expect(light.length).toBeGreaterThan(0)
  for (const { warnings } of light)
    expect(warnings).toEqual([expect.stringContaining('site "c": the 30 particles are worth')])
})

describe('what is advised brings the draws nearer to the posterior', () => {
  const wide = model('wide').plate('i', 10, (i) =>
    i.latent('z', normal(0, 10)).observed('x', ({ z }) => normal(z, 0.1)),
  )
  const zeros = { x: Array<number>(10).fill(0) }
  const q = guide(wide).plate('i', 10, (i) => i.latent('z', normal(0, 10)))

  test.each([
    [
      'the prior',
      'a proposal nearer the posterior',
      async () => importanceSampling(wide).fit(zeros, { seed: 0 }),
    ],
    [
      'a guide',
      'another guide, nearer the posterior,',
      async () => importanceSampling(wide, { proposal: q }).fit(zeros, { seed: 0 }),
    ],
    ['the guide of a bound', 'another guide, nearer', async () => elbo(wide, q).estimate(zeros, { seed: 0 })],
    [
      'annealing in a few steps',
      'more temperatures',
      async () => annealedImportanceSampling(wide, { temperatures: 2 }).fit(zeros, { seed: 0 }),
    ],
  ])('of %s: %s', async (_, advice, fit) => {
    const { warnings, kHat } = await fit()
    expect(kHat).toBeGreaterThan(0.7)
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toContain('site "z" (plate "i"): most particles are far from the posterior')
    expect(warnings[0]).toContain(`; ${advice}`)
    expect(warnings[0]).not.toContain('wider')
  })
})
