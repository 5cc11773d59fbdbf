import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { log, mul, sub } from '@variate/core/ops'
import { beta, bernoulli, binomial, gamma, normal, poisson, uniform } from '@variate/distributions'
import { annealedImportanceSampling, enumeration, importanceSampling } from '@variate/inference'
import { model } from '@variate/language'

let tensors: number
beforeEach(() => {
  tensors = tf.memory().numTensors
})
afterEach(() => {
  // oxlint-disable-next-line vitest/no-standalone-expect
  expect(tf.memory().numTensors, 'tensors left').toBe(tensors)
})

const points = model('points').plate('point', 20, (i) =>
  i.latent('z', normal(0, 1)).observed('x', ({ z }) => normal(z, 0.1)),
)
const pointsData = { x: Array.from({ length: 20 }, (_, i) => 2 * Math.sin(i)) }

const level = model('local level').markov('time', 'T', (step) =>
  step
    .latent('z', normal(0, 1), (_, { z }) => normal(mul(0.9, z), 0.3))
    .observed('x', ({ z }) => normal(z, 0.2)),
)
const levelData = { x: Array.from({ length: 25 }, (_, t) => Math.sin(t / 3) + ((t * 7) % 5) / 10) }

const coins = model('coins').plate('coin', 3, (i) =>
  i.latent('p', beta(2, 2)).observed('heads', ({ p }) => binomial(400, { probs: p })),
)
const heads = [10, 390, 320]

const counts = model('counts')
  .latent('rate', gamma(2, 0.1))
  .plate('day', 'n', (i) => i.observed('x', ({ rate }) => poisson(rate)))
const x = [140, 131, 155, 160, 148]

const lgamma = (n: number): number => {
  let sum = 0
  for (let k = 2; k < n; k++) sum += Math.log(k)
  return sum
}
const lbeta = (a: number, b: number): number => lgamma(a) + lgamma(b) - lgamma(a + b)

const options = { particles: 200, temperatures: 200 }
const cases = {
  'independent normals': {
    exact: async () => (await enumeration(points).fit(pointsData)).logEvidence,
    annealed: (seed: number) => annealedImportanceSampling(points, options).fit(pointsData, { seed }),
    byPrior: () => importanceSampling(points).fit(pointsData, { seed: 0 }),
  },
  'a chain of normals': {
    exact: async () => (await enumeration(level).fit(levelData)).logEvidence,
    annealed: (seed: number) => annealedImportanceSampling(level, options).fit(levelData, { seed }),
    byPrior: () => importanceSampling(level).fit(levelData, { seed: 0 }),
  },
  // The beta-binomial formula: whole numbers only, so that its gamma functions are factorials.
  'probabilities between 0 and 1': {
    exact: async () =>
      heads.reduce(
        (sum, k) => sum + lgamma(401) - lgamma(k + 1) - lgamma(401 - k) + lbeta(2 + k, 402 - k) - lbeta(2, 2),
        0,
      ),
    annealed: (seed: number) => annealedImportanceSampling(coins, options).fit({ heads }, { seed }),
    byPrior: () => importanceSampling(coins).fit({ heads }, { seed: 0 }),
  },
  // The gamma-Poisson formula.
  'a rate above 0': {
    exact: async () => {
      const total = x.reduce((a, b) => a + b, 0)
      const own = x.reduce((sum, k) => sum - lgamma(k + 1), 0)
      return own + 2 * Math.log(0.1) - lgamma(2) + lgamma(2 + total) - (2 + total) * Math.log(5.1)
    },
    annealed: (seed: number) => annealedImportanceSampling(counts, options).fit({ x }, { seed }),
    byPrior: () => importanceSampling(counts).fit({ x }, { seed: 0 }),
  },
}

describe.each(Object.entries(cases))('annealed evidence of %s', (_, { exact, annealed, byPrior }) => {
  test('is within 3 standard errors of the exact one, which are right over 5 seeds', async () => {
    const expected = await exact()
    const first = await annealed(0)
    expect(Math.abs(first.logEvidence - expected) / first.standardError).toBeLessThan(3)
    let sum = 0
    for (let seed = 0; seed < 5; seed++) {
      const { logEvidence, standardError } = await annealed(seed)
      const z = Math.expm1(logEvidence - expected) / (standardError * Math.exp(logEvidence - expected))
      sum += z * z
    }
    // The quantiles of a χ² of 5 at 10⁻⁴ and 1 − 10⁻⁴, by scipy.stats.chi2(5).ppf.
    expect(sum).toBeGreaterThan(0.0821)
    expect(sum).toBeLessThan(25.745)
  })

  test('makes more of 200 particles than the prior of 10,000', async () => {
    const [own, prior] = [await annealed(0), await byPrior()]
    expect(own.standardError).toBeLessThan(prior.standardError)
    expect(own.effectiveSampleSize).toBeGreaterThan(20)
    expect(own.acceptance).toHaveLength(200)
    for (const accepted of own.acceptance) expect(accepted).toBeGreaterThan(0.2)
  })
})

test('the posterior has the exact moments', async () => {
  const exact = await enumeration(level).fit(levelData)
  const { posterior, effectiveSampleSize } = await annealedImportanceSampling(level, {
    particles: 400,
    temperatures: 200,
  }).fit(levelData, { seed: 0 })
  const [mean, variance] = [exact.posterior.mean.z.data, exact.posterior.variance.z.data]
  for (const [t, expected] of mean.entries()) {
    const error = Math.sqrt(variance[t]! / effectiveSampleSize)
    expect(Math.abs(posterior.mean.z.data[t]! - expected) / error).toBeLessThan(4.5)
  }
})

test('what it cannot do, and bad input, are told of', async () => {
  const coin = model('coin')
    .latent('c', bernoulli({ probs: 0.5 }))
    .observed('x', ({ c }) => normal(c, 1))
  await expect(annealedImportanceSampling(coin).fit({ x: 1 }, { seed: 0 })).rejects.toThrow(
    'model "coin": annealedImportanceSampling: site "c" is discrete, and its values do not change smoothly',
  )
  const nested = model('nested')
    .latent('a', uniform(0, 1))
    .latent('b', ({ a }) => uniform(0, a))
    .observed('x', ({ b }) => normal(b, 1))
  await expect(annealedImportanceSampling(nested).fit({ x: 1 }, { seed: 0 })).rejects.toThrow(
    'site "b": its support',
  )
  const known = model('known').observed('x', normal(0, 1))
  await expect(annealedImportanceSampling(known).fit({ x: 1 }, { seed: 0 })).rejects.toThrow(
    'there are no latents',
  )
  const bent = model('bent')
    .latent('z', normal(0, 1))
    .observed('x', ({ z }) => normal(log(sub(z, 50)), 1))
  await expect(annealedImportanceSampling(bent).fit({ x: 1 }, { seed: 0 })).rejects.toThrow('site "x"')
  expect(() => annealedImportanceSampling(points, { particles: 0 })).toThrow(
    'particles must be a whole number ≥ 2, got 0',
  )
  expect(() => annealedImportanceSampling(points, { temperatures: [0, 0.5] })).toThrow(
    'temperatures must rise from 0 to 1',
  )
  await expect(annealedImportanceSampling(points).fit(pointsData, {} as never)).rejects.toThrow(
    'a seed or a key',
  )
})
