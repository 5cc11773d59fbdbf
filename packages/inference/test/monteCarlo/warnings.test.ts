import '@tensorflow/tfjs-backend-cpu'
import { describe, expect, test } from 'vitest'
import { mul } from '@variate/core/ops'
import { bernoulli, categorical, gamma, normal, poisson, uniform } from '@variate/distributions'
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

describe('what a guide leaves out is warned of, however rarely the prior draws it', () => {
  const left = (what: string) => [
    expect.stringContaining(
      `the guide's support does not cover the posterior's: it gives no probability to ${what}, `,
    ),
  ]

  test('a value of probability 1/2000, which the data ask for', async () => {
    const rare = model('rare')
      .latent('c', bernoulli({ probs: 0.0005 }))
      .observed('x', ({ c }) => normal(mul(12, c), 1))
    const never = guide(rare).latent('c', bernoulli({ probs: 0 }))
    for (let seed = 0; seed < 5; seed++) {
      const fit = await importanceSampling(rare, { proposal: never }).fit({ x: 12 }, { seed })
      expect(fit.warnings).toEqual(left('the value 1'))
      const bound = await elbo(rare, never).estimate({ x: 12 }, { seed })
      expect(bound.warnings).toEqual(left('the value 1'))
    }
    const always = guide(rare).latent('c', bernoulli({ probs: 0.5 }))
    const fit = await importanceSampling(rare, { proposal: always }).fit({ x: 12 }, { seed: 0 })
    expect(fit.warnings).toEqual([])
  })

  test('a value of one element of a plate', async () => {
    const probs = [0.9999, 0.0001, 0]
    const states = model('states').plate('i', 4, (i) =>
      i.latent('c', categorical({ probs })).observed('x', ({ c }) => normal(c, 1)),
    )
    const two = guide(states).plate('i', 4, (i) => i.latent('c', categorical({ probs: [0.5, 0, 0.5] })))
    const given = { x: [0, 0, 1, 0] }
    const fit = await importanceSampling(states, { proposal: two, particles: 4000 }).fit(given, { seed: 0 })
    expect(fit.warnings.filter((text) => text.includes('no probability to'))).toEqual(left('the value 1'))
    // What the model itself excludes is not missed.
    const ofTwo = guide(states).plate('i', 4, (i) => i.latent('c', categorical({ probs: [0.5, 0.5, 0] })))
    const good = await importanceSampling(states, { proposal: ofTwo, particles: 4000 }).fit(given, {
      seed: 0,
    })
    expect(good.warnings).toEqual([])
  })

  test('numbers beyond the ends of a continuous guide, and counts that cannot be listed', async () => {
    const point = model('point')
      .latent('z', normal(0, 1))
      .observed('x', ({ z }) => normal(z, 0.1))
    const short = guide(point).latent('z', uniform(-8, 8))
    const cut = await importanceSampling(point, { proposal: short }).fit({ x: 3 }, { seed: 0 })
    expect(cut.warnings).toEqual(left('values such as -10'))
    const counts = model('counts')
      .latent('n', poisson(0.001))
      .observed('x', ({ n }) => normal(n, 1))
    const few = guide(counts).latent('n', categorical({ probs: [0.5, 0.5] }))
    const fit = await importanceSampling(counts, { proposal: few }).fit({ x: 1 }, { seed: 0 })
    expect(fit.warnings.filter((text) => text.includes('values such as 2'))).toHaveLength(1)
    const rate = model('rate')
      .latent('r', gamma(2, 1))
      .observed('n', ({ r }) => poisson(r))
    const wide = guide(rate).latent('r', gamma(3, 1))
    expect((await importanceSampling(rate, { proposal: wide }).fit({ n: 3 }, { seed: 0 })).warnings).toEqual(
      [],
    )
  })
})
