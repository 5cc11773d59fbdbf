import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { constant, gather, log, mul, sub, sum } from '@variate/core/ops'
import { bernoulli, categorical, normal, uniform } from '@variate/distributions'
import { enumeration, importanceSampling } from '@variate/inference'
import { guide, model, positive } from '@variate/language'

let tensors: number
beforeEach(() => {
  tensors = tf.memory().numTensors
})
afterEach(() => {
  // oxlint-disable-next-line vitest/no-standalone-expect
  expect(tf.memory().numTensors, 'tensors left').toBe(tensors)
})

// Models whose evidence `enumeration` has exactly, with data.

const mixture = model('bayesian mixture')
  .plate('component', 2, (k) => k.latent('mu', normal(0, 3)))
  .plate('point', 'n', (i) =>
    i.latent('c', categorical({ probs: [0.5, 0.5] })).observed('x', ({ mu, c }) => normal(gather(mu, c), 1)),
  )
const mixtureData = { x: [-1.1, -0.6, 1.2, 1.9] }

const moves = () =>
  constant([
    [0.9, 0.1],
    [0.3, 0.7],
  ])
const weather = model('weather').markov('day', 'T', (day) =>
  day
    .latent('state', categorical({ probs: [0.5, 0.5] }), (_, { state }) =>
      categorical({ probs: gather(moves(), state) }),
    )
    .observed('degrees', ({ state }) => normal(gather(constant([15, 25]), state), 4)),
)
const weatherData = { degrees: [14, 17, 21, 26, 24] }

/** A plate that is seen whole, a deterministic site and a factor. */
const votes = model('votes')
  .plate('voter', 3, (v) => v.latent('vote', bernoulli({ probs: 0.4 })))
  .deterministic('share', ({ vote }) => mul(1 / 3, sum(vote)))
  .factor('quorum', ({ share }) => mul(2, share))
  .plate('voter', 3, (v) => v.observed('poll', ({ vote, share }) => normal(mul(vote, share), 0.5)))
const votesData = { poll: [0.2, 0.9, -0.1] }

const level = model('local level').markov('time', 'T', (step) =>
  step
    .latent('z', normal(0, 1), (_, { z }) => normal(mul(0.9, z), 0.3))
    .observed('x', ({ z }) => normal(z, 0.5)),
)
const levelData = { x: [0.3, 0.9, 1.1, null, 0.4] }

/** The log evidence by sums and integrals, and a way to estimate it. */
const cases = {
  'a mixture': {
    exact: () => enumeration(mixture).fit(mixtureData),
    estimate: (seed: number) => importanceSampling(mixture, { particles: 4000 }).fit(mixtureData, { seed }),
  },
  'a chain of states': {
    exact: () => enumeration(weather).fit(weatherData),
    estimate: (seed: number) => importanceSampling(weather, { particles: 4000 }).fit(weatherData, { seed }),
  },
  'votes with a factor': {
    exact: () => enumeration(votes).fit(votesData),
    estimate: (seed: number) => importanceSampling(votes, { particles: 4000 }).fit(votesData, { seed }),
  },
  'a chain of normals with a missing value': {
    exact: () => enumeration(level).fit(levelData),
    estimate: (seed: number) => importanceSampling(level, { particles: 4000 }).fit(levelData, { seed }),
  },
}

describe.each(Object.entries(cases))('prior-sampling evidence of %s', (_, { exact, estimate }) => {
  test('is within 3 standard errors of the exact one', async () => {
    const { logEvidence } = await exact()
    const fit = await estimate(0)
    expect(Math.abs(fit.logEvidence - logEvidence) / fit.standardError).toBeLessThan(3)
    const { value, standardError } = fit.evidence
    expect(Math.abs(value - Math.exp(logEvidence)) / standardError).toBeLessThan(3)
  })

  test('has standard errors that are right: over 20 seeds the squares of z sum to a χ² of 20', async () => {
    const { logEvidence } = await exact()
    let total = 0
    for (let seed = 0; seed < 20; seed++) {
      const { value, standardError } = (await estimate(seed)).evidence
      total += ((value - Math.exp(logEvidence)) / standardError) ** 2
    }
    // Its quantiles at 10⁻⁴ and 1 − 10⁻⁴, by scipy.stats.chi2(20).ppf.
    expect(total).toBeGreaterThan(4.395)
    expect(total).toBeLessThan(52.386)
  })
})

test('the posterior has the exact moments, within their standard errors', async () => {
  const exact = await enumeration(level).fit(levelData)
  const { posterior, effectiveSampleSize } = await importanceSampling(level, { particles: 40_000 }).fit(
    levelData,
    { seed: 0 },
  )
  expect(posterior.weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12)
  const [mean, variance] = [exact.posterior.mean.z.data, exact.posterior.variance.z.data]
  const drawn = (await posterior.sample(40_000, { seed: 1 })).z
  expect(drawn.shape).toEqual([40_000, 5])
  for (const [t, expected] of mean.entries()) {
    const error = Math.sqrt(variance[t]! / effectiveSampleSize)
    expect(Math.abs(posterior.mean.z.data[t]! - expected) / error).toBeLessThan(4)
    expect(Math.abs(posterior.variance.z.data[t]! / variance[t]! - 1)).toBeLessThan(
      4 * Math.sqrt(2 / effectiveSampleSize),
    )
    let average = 0
    for (let row = 0; row < 40_000; row++) average += drawn.at(row, t) / 40_000
    expect(Math.abs(average - expected) / (Math.SQRT2 * error)).toBeLessThan(4)
  }
})

test('where nothing is observed all weights are 1, and the evidence is known without error', async () => {
  const prior = model('prior').latent('z', normal(0, 1))
  const fit = await importanceSampling(prior, { particles: 100 }).fit({}, { seed: 0 })
  expect(fit).toMatchObject({ logEvidence: 0, standardError: 0, effectiveSampleSize: 100, warnings: [] })
})

test('without latents the evidence is the log joint', async () => {
  const known = model('known').observed('x', normal(0, 1))
  const { logEvidence } = await importanceSampling(known, { particles: 10 }).fit({ x: 1 }, { seed: 0 })
  expect(logEvidence).toBeCloseTo(-0.5 - 0.5 * Math.log(2 * Math.PI), 12)
})

test('the same seed gives the same fit, another another', async () => {
  const { estimate } = cases['a mixture']
  const [a, b, c] = [await estimate(5), await estimate(5), await estimate(6)]
  expect(a.logWeights).toEqual(b.logWeights)
  expect(a.logEvidence).not.toBe(c.logEvidence)
})

test('draws that are made in several parts are as many as asked for, and all different', async () => {
  const wide = model('wide').plate('i', 3000, (i) => i.latent('z', normal(0, 1)))
  const { posterior } = await importanceSampling(wide, { particles: 401 }).fit({}, { seed: 0 })
  expect(posterior.draws.z.shape).toEqual([401, 3000])
  expect(new Set(posterior.draws.z.data.filter((_, i) => i % 3000 === 0)).size).toBe(401)
})

test('a prior that is too wide in many dimensions is warned of, with the site', async () => {
  const far = model('far')
    .latent('near', normal(0, 1))
    .plate('i', 20, (i) => i.latent('z', normal(0, 1)).observed('x', ({ z }) => normal(z, 0.1)))
  const x = Array.from({ length: 20 }, (_, i) => 2 * Math.sin(i))
  const { warnings, kHat, effectiveSampleSize } = await importanceSampling(far).fit({ x }, { seed: 0 })
  expect(kHat).toBeGreaterThan(0.7)
  expect(effectiveSampleSize).toBeLessThan(20)
  expect(warnings).toHaveLength(1)
  expect(warnings[0]).toContain('site "z" (plate "i"): most particles are far from the posterior')
})

test('NaN, impossible data and bad options are told of', async () => {
  const bent = model('bent')
    .latent('z', normal(0, 1))
    .plate('i', 2, (i) => i.input('at').observed('x', ({ z, at }) => normal(log(sub(z, at)), 1)))
  await expect(importanceSampling(bent).fit({ x: [1, 2], at: [-50, 0] }, { seed: 0 })).rejects.toThrow(
    /importanceSampling: site "x" \(plate "i"\)|site "x" \(plate "i"\): /,
  )
  const coin = model('coin')
    .latent('p', bernoulli({ probs: 0.5 }))
    .observed('x', bernoulli({ probs: 0 }))
  await expect(importanceSampling(coin, { particles: 10 }).fit({ x: 1 }, { seed: 0 })).rejects.toThrow(
    'all 10 particles have weight 0: site "x" has probability 0 in 10 of them',
  )
  for (const particles of [0, 1, 2.5, Number.NaN]) {
    expect(() => importanceSampling(mixture, { particles })).toThrow(
      `model "bayesian mixture": importanceSampling: particles must be a whole number ≥ 2, got ${particles}`,
    )
  }
  const byPrior = importanceSampling(mixture)
  await expect(byPrior.fit(mixtureData, {} as never)).rejects.toThrow('a seed or a key must be given')
  await expect(byPrior.fit({} as never, { seed: 0 })).rejects.toThrow(
    'site "x" (plate "point") must be given: it is observed',
  )
})

describe('a guide as the proposal', () => {
  const points = model('points').plate('point', 'n', (i) =>
    i.latent('z', normal(0, 1)).observed('x', ({ z }) => normal(z, 0.5)),
  )
  const x = [0.3, -1.2, 2.1]
  /** The posterior: of variance 1/5, about 4/5 x. */
  const exactGuide = guide(points).plate('point', 'n', (i) =>
    i.latent('z', ({ x: seen }) => normal(mul(0.8, seen), Math.sqrt(0.2))),
  )

  test('that is the posterior gives the evidence without error', async () => {
    const { logEvidence } = await enumeration(points).fit({ x })
    const fit = await importanceSampling(points, { proposal: exactGuide, particles: 200 }).fit(
      { x },
      { seed: 0 },
    )
    expect(fit.logEvidence).toBeCloseTo(logEvidence, 10)
    expect(fit.standardError).toBeLessThan(1e-12)
    expect(fit.effectiveSampleSize).toBeCloseTo(200, 6)
    expect(fit.warnings).toEqual([])
  })

  test('with parameters of its own, wider than the posterior, is within 3 standard errors, which are right', async () => {
    const wide = guide(points)
      .param('scale', positive())
      .plate('point', 'n', (i) => i.latent('z', ({ x: seen, scale }) => normal(seen, scale)))
    const { logEvidence } = await enumeration(points).fit({ x })
    const by = importanceSampling(points, { proposal: wide, particles: 2000 })
    let total = 0
    for (let seed = 0; seed < 20; seed++) {
      const { value, standardError } = (await by.fit({ x, scale: 0.8 }, { seed })).evidence
      total += ((value - Math.exp(logEvidence)) / standardError) ** 2
    }
    expect(total).toBeGreaterThan(4.395)
    expect(total).toBeLessThan(52.386)
  })

  test('that is too narrow has the tail that theory says, and is warned of', async () => {
    // p = N(0, I₂) and q = N(0, s² I₂): |z|²/s² is a χ² of 2, so that P(p/q > t) is t^(−1/(1 − s²)) times a constant: k = 1 − s².
    const one = model('one').plate('i', 2, (i) => i.latent('z', normal(0, 1)))
    const narrow = (s: number) => guide(one).plate('i', 2, (i) => i.latent('z', normal(0, s)))
    const fitted = async (s: number) =>
      importanceSampling(one, { proposal: narrow(s), particles: 50_000 }).fit({}, { seed: 0 })
    const [bad, good] = [await fitted(0.3), await fitted(0.8)]
    expect(Math.abs(bad.kHat - 0.91)).toBeLessThan(0.2)
    expect(Math.abs(good.kHat - 0.36)).toBeLessThan(0.2)
    expect(bad.warnings[0]).toContain('site "z" (plate "i"): most particles are far from the posterior')
    expect(good.warnings).toEqual([])
  })

  test('whose support leaves out some of the posterior’s is warned of, with the site', async () => {
    const half = guide(points).plate('point', 'n', (i) => i.latent('z', uniform(-1, 5)))
    const { warnings } = await importanceSampling(points, { proposal: half }).fit({ x }, { seed: 0 })
    // A normal is below −1 in 16 %; one of three is in 1 − 0.84³.
    expect(warnings[0]).toMatch(
      /^site "z" \(plate "point"\): the guide's support does not cover .* (3[5-9]|4[0-6]) %/,
    )
    const states = model('states')
      .latent('c', categorical({ probs: [0.2, 0.3, 0.5] }))
      .observed('x', ({ c }) => normal(c, 1))
    const two = guide(states).latent('c', categorical({ probs: [0.5, 0.5, 0] }))
    const fit = await importanceSampling(states, { proposal: two, particles: 100 }).fit({ x: 1 }, { seed: 0 })
    expect(fit.warnings[0]).toContain('site "c": the guide\'s support does not cover the posterior\'s')
  })

  test('of another model, or without its parameters, is told of', async () => {
    const other = model('other').latent('w', normal(0, 1))
    const wrong = guide(other).latent('w', normal(0, 1))
    await expect(
      importanceSampling(points, { proposal: wrong as never }).fit({ x }, { seed: 0 }),
    ).rejects.toThrow('the guide has site "w"')
    const wide = guide(points)
      .param('scale', positive())
      .plate('point', 'n', (i) => i.latent('z', ({ scale }) => normal(0, scale)))
    await expect(
      importanceSampling(points, { proposal: wide }).fit({ x } as never, { seed: 0 }),
    ).rejects.toThrow('site "scale" must be given: it is a parameter of the guide')
  })
})
