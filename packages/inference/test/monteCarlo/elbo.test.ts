import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { constant, exp, gather, log, mul, stack, sub, sum } from '@variate/core/ops'
import { bernoulli, beta, binomial, categorical, gamma, normal, poisson } from '@variate/distributions'
import { elbo, enumeration } from '@variate/inference'
import { guide, model, positive, real, unitInterval } from '@variate/language'

let tensors: number
beforeEach(() => {
  tensors = tf.memory().numTensors
})
afterEach(() => {
  // oxlint-disable-next-line vitest/no-standalone-expect
  expect(tf.memory().numTensors, 'tensors left').toBe(tensors)
})

const logNormal = (x: number, mean: number, variance: number): number =>
  -0.5 * ((x - mean) ** 2 / variance + Math.log(2 * Math.PI * variance))
/** KL between normals, of their means and variances. */
const klNormal = (m: number, v: number, m2: number, v2: number): number =>
  0.5 * (Math.log(v2 / v) + (v + (m - m2) ** 2) / v2 - 1)
/** ln Γ and ψ of whole numbers. */
const lgamma = (n: number): number =>
  Array.from({ length: n - 1 }, (_, k) => Math.log(k + 1)).reduce((a, b) => a + b, 0)
const digamma = (n: number): number =>
  Array.from({ length: n - 1 }, (_, k) => 1 / (k + 1)).reduce((a, b) => a + b, -0.5772156649015329)
const lbeta = (a: number, b: number): number => lgamma(a) + lgamma(b) - lgamma(a + b)
/** KL of a distribution from what is proportional to exp(logs). */
const klDiscrete = (q: readonly number[], logs: readonly number[]): number => {
  const total = Math.log(logs.reduce((all, x) => all + Math.exp(x), 0))
  return q.reduce((all, own, i) => all + own * (Math.log(own) - (logs[i]! - total)), 0)
}
const bits = (count: number) =>
  Array.from({ length: 2 ** count }, (_, number) =>
    Array.from({ length: count }, (__, i) => (number >> i) & 1),
  )

interface Case {
  readonly evidence: () => Promise<number>
  readonly bound: () => Promise<number>
  readonly estimate: (seed: number) => Promise<{ readonly elbo: number; readonly standardError: number }>
  /** The divergence from the posterior, by a formula. */
  readonly divergence: () => number
}

function votesCase(): Case {
  const votes = model('votes')
    .plate('voter', 3, (v) => v.latent('vote', bernoulli({ probs: 0.4 })))
    .deterministic('share', ({ vote }) => mul(1 / 3, sum(vote)))
    .factor('quorum', ({ share }) => mul(2, share))
    .plate('voter', 3, (v) => v.observed('poll', ({ vote, share }) => normal(mul(vote, share), 0.5)))
  const q = guide(votes)
    .param('odds', real([3]))
    .plate('voter', 3, (v) => v.latent('vote', ({ poll }) => bernoulli({ logits: poll })))
  const poll = [0.2, 0.9, -0.1]
  const given = { poll, odds: [0, 0, 0] }
  const by = elbo(votes, q)
  return {
    evidence: async () => (await enumeration(votes).fit({ poll })).logEvidence,
    bound: () => by.exact(given),
    estimate: (seed) => by.estimate(given, { seed }),
    divergence: () => {
      const all = bits(3)
      const chances = poll.map((x) => 1 / (1 + Math.exp(-x)))
      return klDiscrete(
        all.map((vote) => vote.reduce((product, v, i) => product * (v ? chances[i]! : 1 - chances[i]!), 1)),
        all.map((vote) => {
          const share = vote.reduce((a, b) => a + b) / 3
          return vote.reduce(
            (logs, v, i) => logs + Math.log(v ? 0.4 : 0.6) + logNormal(poll[i]!, v * share, 0.25),
            2 * share,
          )
        }),
      )
    },
  }
}

function chainCase(): Case {
  const moves = [[0.9, 0.1], [0.3, 0.7]] // prettier-ignore
  const weather = model('weather').markov('day', 'T', (day) =>
    day
      .latent('state', categorical({ probs: [0.5, 0.5] }), (_, { state }) =>
        categorical({ probs: gather(constant(moves), state) }),
      )
      .observed('degrees', ({ state }) => normal(gather(constant([15, 25]), state), 4)),
  )
  const own = [[0.6, 0.4], [0.5, 0.5]] // prettier-ignore
  const q = guide(weather).markov('day', 'T', (day) =>
    day.latent('state', categorical({ probs: [0.7, 0.3] }), (_, { state }) =>
      categorical({ probs: gather(constant(own), state) }),
    ),
  )
  const degrees = [14, 17, 21, 26]
  const by = elbo(weather, q)
  return {
    evidence: async () => (await enumeration(weather).fit({ degrees })).logEvidence,
    bound: () => by.exact({ degrees }),
    estimate: (seed) => by.estimate({ degrees }, { seed }),
    divergence: () => {
      const all = bits(4)
      return klDiscrete(
        all.map((states) =>
          states.reduce((p, s, t) => p * (t > 0 ? own[states[t - 1]!]![s]! : [0.7, 0.3][s]!), 1),
        ),
        all.map((states) =>
          states.reduce(
            (logs, s, t) =>
              logs +
              Math.log(t > 0 ? moves[states[t - 1]!]![s]! : 0.5) +
              logNormal(degrees[t]!, s ? 25 : 15, 16),
            0,
          ),
        ),
      )
    },
  }
}

function pointsCase(): Case {
  const points = model('points').plate('point', 'n', (i) =>
    i.latent('z', normal(0, 1)).observed('x', ({ z }) => normal(z, 0.5)),
  )
  const q = guide(points)
    .param('slope', real())
    .param('scale', positive())
    .plate('point', 'n', (i) => i.latent('z', ({ x, slope, scale }) => normal(mul(slope, x), scale)))
  const x = [0.3, -1.2, 2.1]
  const given = { x, slope: 0.5, scale: 0.7 }
  const by = elbo(points, q)
  return {
    evidence: async () => (await enumeration(points).fit({ x })).logEvidence,
    bound: () => by.exact(given),
    estimate: (seed) => by.estimate(given, { seed }),
    divergence: () => x.reduce((total, own) => total + klNormal(0.5 * own, 0.49, 0.8 * own, 0.2), 0),
  }
}

function coinCase(): Case {
  const coin = model('coin')
    .latent('p', beta(2, 3))
    .observed('heads', ({ p }) => binomial(10, { probs: p }))
  const q = guide(coin).latent('p', beta(6, 6))
  const by = elbo(coin, q)
  return {
    evidence: async () => {
      const { logEvidence } = await enumeration(coin).fit({ heads: 7 })
      // The beta-binomial formula.
      expect(logEvidence).toBeCloseTo(lgamma(11) - lgamma(8) - lgamma(4) + lbeta(9, 6) - lbeta(2, 3), 9)
      return logEvidence
    },
    bound: () => by.exact({ heads: 7 }),
    estimate: (seed) => by.estimate({ heads: 7 }, { seed }),
    divergence: () =>
      lbeta(9, 6) - lbeta(6, 6) + (6 - 9) * digamma(6) + (6 - 6) * digamma(6) + (9 - 6 + 6 - 6) * digamma(12),
  }
}

function countsCase(): Case {
  const counts = model('counts')
    .latent('rate', gamma(3, 1))
    .plate('day', 'n', (i) => i.observed('x', ({ rate }) => poisson(rate)))
  const x = [4, 2, 5]
  const q = guide(counts).latent('rate', gamma(12, 5))
  const by = elbo(counts, q)
  return {
    evidence: async () => {
      const { logEvidence } = await enumeration(counts).fit({ x })
      // The posterior is gamma(14, 4).
      const own = x.reduce((all, k) => all + lgamma(k + 1), 0)
      expect(logEvidence).toBeCloseTo(lgamma(14) - lgamma(3) - 14 * Math.log(4) - own, 9)
      return logEvidence
    },
    bound: () => by.exact({ x }),
    estimate: (seed) => by.estimate({ x }, { seed }),
    divergence: () =>
      (12 - 14) * digamma(12) -
      lgamma(12) +
      lgamma(14) +
      14 * (Math.log(5) - Math.log(4)) +
      (12 * (4 - 5)) / 5,
  }
}

function mixtureCase(): Case {
  const mixture = model('bayesian mixture')
    .plate('component', 2, (k) => k.latent('mu', normal(0, 3)))
    .plate('point', 'n', (i) =>
      i
        .latent('c', categorical({ probs: [0.5, 0.5] }))
        .observed('x', ({ mu, c }) => normal(gather(mu, c), 1)),
    )
  const x = [-1.1, 0.6, 1.9]
  const chances = x.map((own) => 1 / (1 + Math.exp(-own)))
  const q = guide(mixture)
    .plate('component', 2, (k) => k.latent('mu', normal(0.4, 1.2)))
    .plate('point', 'n', (i) =>
      i.latent('c', ({ x: seen }) => categorical({ logits: stack([constant(0), seen]) })),
    )
  const by = elbo(mixture, q)
  return {
    evidence: async () => (await enumeration(mixture).fit({ x })).logEvidence,
    bound: () => by.exact({ x }),
    estimate: (seed) => by.estimate({ x }, { seed }),
    divergence: () => {
      const all = bits(3)
      const parts = (c: readonly number[], k: number) => x.filter((_, i) => c[i] === k)
      const weights = all.map((c) => c.reduce((p, own, i) => p * (own ? chances[i]! : 1 - chances[i]!), 1))
      // Given who belongs to whom, what is observed of one component is normal with covariance I + 9.
      const logs = all.map((c) =>
        [0, 1].reduce((total, k) => {
          const own = parts(c, k)
          const [n, s] = [own.length, own.reduce((a, b) => a + b, 0)]
          const squares = own.reduce((a, b) => a + b * b, 0)
          return (
            total -
            0.5 * (n * Math.log(2 * Math.PI) + Math.log(1 + 9 * n) + squares - (9 * s * s) / (1 + 9 * n))
          )
        }, 0),
      )
      const given = all.map((c) =>
        [0, 1].reduce((total, k) => {
          const own = parts(c, k)
          const variance = 1 / (1 / 9 + own.length)
          return total + klNormal(0.4, 1.44, variance * own.reduce((a, b) => a + b, 0), variance)
        }, 0),
      )
      return klDiscrete(weights, logs) + weights.reduce((total, w, i) => total + w * given[i]!, 0)
    },
  }
}

const cases = {
  'votes with a factor': votesCase(),
  'a chain of states': chainCase(),
  'normal points': pointsCase(),
  'a beta and a binomial': coinCase(),
  'a gamma and Poissons': countsCase(),
  'a mixture, discrete and continuous': mixtureCase(),
}

describe.each(Object.entries(cases))('%s', (_, { evidence, bound, estimate, divergence }) => {
  test('log p(x) = ELBO + KL(q‖p(z|x)) to 1e-5: exact evidence, quadrature, and a formula', async () => {
    const [logEvidence, exact, kl] = [await evidence(), await bound(), divergence()]
    expect(kl).toBeGreaterThan(0.01)
    expect(Math.abs(exact + kl - logEvidence)).toBeLessThan(1e-5)
  })

  test('the estimate by particles is within 3 standard errors, which are right over 20 seeds', async () => {
    const exact = await bound()
    const first = await estimate(0)
    expect(Math.abs(first.elbo - exact) / first.standardError).toBeLessThan(3)
    let total = 0
    for (let seed = 0; seed < 20; seed++) {
      const { elbo: own, standardError } = await estimate(seed)
      total += ((own - exact) / standardError) ** 2
    }
    expect(total).toBeGreaterThan(4.395)
    expect(total).toBeLessThan(52.386)
  })
})

const point = model('point')
  .param('mu', real())
  .latent('z', ({ mu }) => normal(mu, 1))
  .observed('x', ({ z }) => normal(z, 0.5))
const q = guide(point)
  .param('loc', real())
  .param('scale', positive())
  .latent('z', ({ loc, scale }) => normal(loc, scale))
const given = { x: 1.3, mu: 0.2, loc: 0.6, scale: 0.5 }

test('bounds of more draws are higher, and none is above the evidence', async () => {
  const { logEvidence } = await enumeration(point).fit({ x: 1.3, mu: 0.2 })
  let [last, error] = [-Infinity, 0]
  for (const draws of [1, 4, 16, 64]) {
    const own = await elbo(point, q, { particles: 64_000, draws }).estimate(given, { seed: 0 })
    expect(own.elbo).toBeGreaterThan(last - 3 * Math.hypot(error, own.standardError))
    expect(own.elbo).toBeLessThan(logEvidence + 3 * own.standardError)
    ;[last, error] = [own.elbo, own.standardError]
  }
  expect(logEvidence - last).toBeLessThan(0.02)
})

test('gradients by reparameterization have the mean of the exact bound’s differences', async () => {
  const by = elbo(point, q, { particles: 50 })
  const { gradient, variance, value } = await by.gradient(given, { seed: 0, repeats: 400 })
  const h = 1e-4
  for (const name of ['mu', 'loc', 'scale'] as const) {
    const [up, down] = [
      await by.exact({ ...given, [name]: given[name] + h }),
      await by.exact({ ...given, [name]: given[name] - h }),
    ]
    const z = (gradient[name].at() - (up - down) / (2 * h)) / Math.sqrt(variance[name].at() / 400)
    expect(Math.abs(z)).toBeLessThan(4)
  }
  expect(value).toBeCloseTo(await by.exact(given), 1)
  // d/dμ is the mean of z − μ over 50 draws of q: its variance is 0.25 / 50, here of 400.
  expect(Math.abs(variance.mu.at() / 0.005 - 1)).toBeLessThan(4 * Math.sqrt(2 / 400))
})

test('a single bound has no standard error: fewer than two are told of where it is asked for', async () => {
  for (const options of [{ particles: 1 }, { draws: 1000 }, { particles: 64, draws: 64 }]) {
    const by = elbo(point, q, options)
    await expect(by.estimate(given, { seed: 0 })).rejects.toThrow(
      `elbo: an estimate needs at least 2 bounds of ${options.draws ?? 1} draws each for its standard error, got ${options.particles ?? 1000} particles`,
    )
    expect((await by.gradient(given, { seed: 0, repeats: 2 })).value).toBeLessThan(0)
    expect(await by.exact(given)).toBeLessThan(0)
  }
  const { standardError } = await elbo(point, q, { particles: 2 }).estimate(given, { seed: 0 })
  expect(standardError).toBeGreaterThan(0)
})

test('what does not fit is told of', async () => {
  expect(() => elbo(point, q, { particles: 10, draws: 3 })).toThrow(
    'particles must be a multiple of draws, 3, got 10',
  )
  expect(() => elbo(point, q, { particles: 0 })).toThrow('particles must be a whole number ≥ 1, got 0')
  await expect(elbo(point, q).estimate(given, {} as never)).rejects.toThrow('a seed or a key must be given')
  await expect(elbo(point, q).exact({ x: 1, mu: 0, loc: 0 } as never)).rejects.toThrow(
    'site "scale" must be given: it is a parameter of the guide',
  )
  const coins = model('coins').plate('i', 30, (i) => i.latent('b', bernoulli({ probs: 0.5 })))
  const ofCoins = guide(coins)
    .param('p', unitInterval())
    .plate('i', 30, (i) => i.latent('b', ({ p }) => bernoulli({ probs: p })))
  await expect(elbo(coins, ofCoins).exact({ p: 0.5 })).rejects.toThrow(
    'have 1073741824 combinations of values',
  )
  await expect(elbo(coins, ofCoins).gradient({ p: 0.5 }, { seed: 0 })).rejects.toThrow(
    'site "b" (plate "i"): draws of a bernoulli are not differentiable',
  )
  const bent = model('bent')
    .latent('z', normal(0, 1))
    .observed('x', ({ z }) => normal(log(sub(z, 50)), 1))
  const ofBent = guide(bent).latent('z', normal(0, 1))
  await expect(elbo(bent, ofBent).estimate({ x: 1 }, { seed: 0 })).rejects.toThrow('site "x"')
  const steep = model('steep')
    .latent('z', normal(0, 1))
    .observed('x', ({ z }) => normal(exp(z), 1))
  const ofSteep = guide(steep).latent('z', normal(0, 1))
  await expect(elbo(steep, ofSteep).exact({ x: 1 })).resolves.toBeLessThan(0)
})
