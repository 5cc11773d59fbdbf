import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { add, constant, gather, mul, sum } from '@variate/core/ops'
import { bernoulli, categorical, normal, poisson, uniform } from '@variate/distributions'
import { model, positive, simplex } from '@variate/language'
import { enumeration } from '../../src/exact/enumeration.ts'

test('a mixture: log evidence and responsibilities are those of the formula', async () => {
  const mixture = model('poisson mixture')
    .param('weights', simplex(2))
    .plate('component', 2, (k) => k.param('rate', positive()))
    .plate('count', 'n', (i) =>
      i
        .latent('c', ({ weights }) => categorical({ probs: weights }))
        .observed('x', ({ rate, c }) => poisson(gather(rate, c))),
    )
  const [weights, rate, x] = [
    [0.3, 0.7],
    [2, 9],
    [0, 4, 7, 12],
  ] as const
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1))
  const joint = x.map((n) => weights.map((w, k) => (w * rate[k]! ** n * Math.exp(-rate[k]!)) / factorial(n)))
  const exact = await enumeration(mixture).fit({ weights, rate, x })
  const evidence = joint.reduce((sumOf, [a, b]) => sumOf + Math.log(a! + b!), 0)
  expect(exact.logEvidence).toBeCloseTo(evidence, 12)
  for (const [i, [a, b]] of joint.entries())
    expect(exact.posterior.probabilities.c.at(i, 1)).toBeCloseTo(b! / (a! + b!), 12)
})

test('a hidden Markov chain of 1,000 steps and 8 states: the forward algorithm, in products of 64', async () => {
  const [K, T] = [8, 1000]
  const table = Array.from({ length: K }, (_, i) => {
    const row = Array.from({ length: K }, (__, j) => 1 + ((3 * i + 5 * j) % 7))
    const total = row.reduce((a, b) => a + b)
    return row.map((p) => p / total)
  })
  const hmm = model('hmm').markov('time', 'T', (t) =>
    t
      .latent('z', categorical({ probs: Array(K).fill(1 / K) }), (_, { z }) =>
        categorical({ probs: gather(constant(table), z) }),
      )
      .observed('x', ({ z }) => normal(z, 0.5)),
  )
  const x = Array.from({ length: T }, (_, t) => 3.5 + 3 * Math.sin(t / 7))
  const exact = await enumeration(hmm).fit({ x })
  expect(exact.cost.largest).toBe(K * K)
  const density = (value: number, k: number): number =>
    -2 * (value - k) ** 2 - 0.5 * Math.log(2 * Math.PI) - Math.log(0.5)
  let alpha = Array.from({ length: K }, (_, k) => Math.log(1 / K) + density(x[0]!, k))
  const logSum = (a: readonly number[]): number => {
    const max = Math.max(...a)
    return max + Math.log(a.reduce((total, b) => total + Math.exp(b - max), 0))
  }
  for (let t = 1; t < T; t++) {
    const before = alpha
    alpha = Array.from(
      { length: K },
      (_, j) => density(x[t]!, j) + logSum(before.map((a, i) => a + Math.log(table[i]![j]!))),
    )
  }
  expect(Math.abs(exact.logEvidence - logSum(alpha))).toBeLessThan(1e-10 * Math.abs(logSum(alpha)))
})

test('sites that see a plate whole, deterministic sites and factors: all combinations by hand', async () => {
  const votes = model('votes')
    .plate('voter', 3, (v) => v.latent('vote', bernoulli({ probs: 0.4 })))
    .deterministic('share', ({ vote }) => mul(1 / 3, sum(vote)))
    .factor('quorum', ({ share }) => mul(2, share))
    .plate('voter', 3, (v) => v.observed('poll', ({ vote, share }) => normal(mul(vote, share), 0.5)))
  const poll = [0.2, 0.9, -0.1]
  let total = 0
  const ofFirst = [0, 0]
  for (let bits = 0; bits < 8; bits++) {
    const vote = [0, 1, 2].map((i) => (bits >> i) & 1)
    const share = vote.reduce((a, b) => a + b) / 3
    const log = vote.reduce(
      (sumOf, v, i) =>
        sumOf +
        Math.log(v ? 0.4 : 0.6) -
        2 * (poll[i]! - v * share) ** 2 -
        0.5 * Math.log(2 * Math.PI) -
        Math.log(0.5),
      2 * share,
    )
    total += Math.exp(log)
    ofFirst[vote[0]!]! += Math.exp(log)
  }
  const exact = await enumeration(votes).fit({ poll })
  expect(exact.logEvidence).toBeCloseTo(Math.log(total), 12)
  expect(exact.posterior.probabilities.vote.at(0, 1)).toBeCloseTo(ofFirst[1]! / total, 12)
  expect((await exact.posterior.sample(5, { seed: 0 })).vote.shape).toEqual([5, 3])
})

test('observations that cannot be, and too many combinations, are told of before they are summed', async () => {
  const within = model('within').plate('count', 'n', (i) =>
    i.latent('c', bernoulli({ probs: 0.5 })).observed('x', ({ c }) => uniform(0, add(1, c))),
  )
  await expect(enumeration(within).fit({ x: [1.5, -2] })).rejects.toThrow(
    'site "x" (plate "count"): the observation at [1] has probability 0, whatever the latents are',
  )
  const parity = model('parity')
    .plate('bit', 30, (bit) => bit.latent('b', bernoulli({ probs: 0.5 })))
    .observed('x', ({ b }) => normal(sum(b), 1))
  await expect(enumeration(parity).fit({ x: 3 })).rejects.toThrow(
    'site "x" depends on 30 of "b": 1073741824 combinations for each of 1 elements are a table of 1073741824 numbers',
  )
  const counted = model('counted')
    .latent('n', poisson(3))
    .observed('x', ({ n }) => normal(n, 1))
  await expect(enumeration(counted).fit({ x: 3 })).rejects.toThrow(
    'a poisson has no finite list of values to sum over',
  )
  const pairs = model('pairs').plate('p', 3, (p) =>
    p.latent('a', bernoulli({ probs: 0.5 })).observed('x', ({ a }) => normal(a, 1)),
  )
  await expect(enumeration(pairs, { limit: 1 }).fit({ x: [1, 0, 1] })).rejects.toThrow('and the limit is 1')
})

test('latents are conditioned on, and not given', async () => {
  const coin = model('coin')
    .latent('c', bernoulli({ probs: 0.3 }))
    .observed('x', ({ c }) => normal(c, 1))
  await expect(enumeration(coin).fit({ c: 1, x: 1 } as never)).rejects.toThrow(
    'model "coin": enumeration: site "c" is given, and is latent: condition on it, model.condition({ c: … })',
  )
  const alone = enumeration(model('alone').latent('c', bernoulli({ probs: 0.3 })))
  // @ts-expect-error -- there is nothing to be given
  await expect(alone.fit({ foo: 1 })).rejects.toThrow('"foo" is given, which is not declared')
  expect((await alone.fit({})).logEvidence).toBeCloseTo(0, 12)
})
