import '@tensorflow/tfjs-backend-cpu'
import { add, cast, mul, reshape, sum } from '@variate/core/ops'
import { bernoulli, normal, poisson } from '@variate/distributions'
import { automatic, enumerated } from '@variate/estimators'
import { adam, amortized } from '@variate/inference'
import { guide, mlp, model, positive, real } from '@variate/language'
import { memory } from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'

// Models of more than one latent and one observation.

const log = (x: number, loc: number, scale: number): number =>
  -0.5 * ((x - loc) / scale) ** 2 - Math.log(scale) - 0.5 * Math.log(2 * Math.PI)

test('inputs, nested plates, parameters that are given and data that are missing', async () => {
  const before = memory().numTensors
  const groups = model('groups')
    .input('offset')
    .param('scale', positive())
    .plate('group', 'n', (group) =>
      group
        .input('u')
        .latent('level', normal(0, 1))
        .plate('part', 'parts', (part) =>
          part
            .observed('x', ({ level, u, offset, scale }) => normal(add(level, add(u, offset)), scale))
            .observed('y', ({ level }) => normal(level, 2)),
        ),
    )
  const [offset, scale, u] = [0.3, 0.5, [0.1, -0.2, 0.4]]
  const x = [[1, 1.2], [-0.5, -0.4], [2, 1.5]] // prettier-ignore
  const y = [[1, null], [null, null], [0.5, 2]] // prettier-ignore
  const algorithm = amortized(groups, {
    encoder: { level: { from: ['x', 'u'], network: mlp([3, 6]) } },
    optimizer: adam({ rate: 0.02 }),
    batch: { group: 2 },
    epochs: 300,
    precision: 'float64',
  } as never)
  // A network reads what is in the plates of its latent: each part of x is in a plate within.
  await expect(algorithm.fit({ x, y, u, offset, scale }, { seed: 0 })).rejects.toThrow(
    'which "level" is not in',
  )

  const byGuide = guide(groups)
    .param('a', real())
    .param('s', positive())
    .plate('group', 'n', (group) => group.latent('level', ({ u: own, a, s }) => normal(mul(own, a), s)))
  const own = amortized(groups, {
    guide: byGuide,
    kl: 'sampled',
    optimizer: adam({ rate: 0.02 }),
    batch: { group: 2 },
    epochs: 200,
  })
  const fit = await own.fit({ x, y, u, offset, scale }, { seed: 0 })
  // log p of each group: x and what there is of y are normal given the level, by Simpson's rule over it.
  const exact = x.map((row, i) =>
    integral((level) =>
      row.reduce(
        (total, value, j) =>
          total +
          log(value, level + u[i]! + offset, scale) +
          (y[i]![j] === null ? 0 : log(y[i]![j]!, level, 2)),
        log(level, 0, 1),
      ),
    ),
  )
  const data = { x, y, u }
  const { pointwise } = await fit.estimateLogLikelihood(data, { particles: 20_000, seed: 1 })
  exact.forEach((value, i) => expect(Math.abs(pointwise.data[i]! - value)).toBeLessThan(0.05))
  const loaded = await own.load(fit.toBytes())
  expect(await loaded.encode(data)).toEqual(await fit.encode(data))
  expect(await loaded.estimateLogLikelihood(data, { particles: 10, seed: 1 })).toEqual(
    await fit.estimateLogLikelihood(data, { particles: 10, seed: 1 }),
  )
  const means = await loaded.decode({ level: [1, 2], u: [0, 1] })
  expect(means.x.toNested()).toEqual([[1.3, 1.3], [3.3, 3.3]]) // prettier-ignore
  await expect(loaded.sample(4, { seed: 0, given: { u: means.x } })).rejects.toThrow(
    'site "u" (plate "group"): for each element values have shape [2], expected []',
  )
  await expect(fit.gaps(data, { seed: 0 })).rejects.toThrow(
    'q is a guide, which has no parameters for single examples',
  )
  expect(memory().numTensors).toBe(before)
})

test('latents that depend on each other, in the model and in the guide, and counts', async () => {
  const chain = model('chain')
    .network('rate', mlp([1, 4, 1], { output: 'softplus' }))
    .plate('i', 'n', (i) =>
      i
        .latent('a', normal([0], 1))
        .latent('b', ({ a }) => normal(a, 0.5))
        .observed('k', ({ b, rate }) => poisson(add(sum(rate(b)), 0.1))),
    )
  const q = guide(chain)
    .network('net', mlp([1, 4, 1]))
    .plate('i', 'n', (i) =>
      i
        .latent('b', ({ k, net }) => normal(net(reshape(cast(k, 'float32'), [1])), 0.6))
        .latent('a', ({ b }) => normal(mul(0.8, b), 0.45)),
    )
  const k = [0, 3, 1, 2, 0, 5]
  const fit = await amortized(chain, { guide: q, batch: { i: 4 }, epochs: 20 }).fit({ k }, { seed: 0 })
  expect(fit.history.at(-1)!.elbo).toBeGreaterThan(fit.history[0]!.elbo)
  // a has no moments of its own, for it depends on b.
  await expect(fit.encode(k)).rejects.toThrow('q of "a" has no moments in closed form')
  const { mean } = await fit.encode(k, { seed: 1 })
  const error = 4 / Math.sqrt(1000)
  mean.a.data.forEach((own, i) => expect(Math.abs(own - 0.8 * mean.b.data[i]!)).toBeLessThan(error))
  expect((await fit.reconstruct(k, { seed: 2 })).k.shape).toEqual([6])
})

test('discrete latents have the posterior that their log odds can have', async () => {
  const coins = model('coins').plate('i', 'n', (i) =>
    i.latent('c', bernoulli({ probs: 0.3 })).observed('x', ({ c }) => normal(mul(2, c), 1)),
  )
  const x = [-1, 0, 0.5, 1, 2, 3]
  const posterior = x.map((own) => 1 / (1 + (0.7 / 0.3) * Math.exp(log(own, 0, 1) - log(own, 2, 1))))
  const encoder = { c: { from: 'x', network: mlp([1, 4], { output: 'linear' }) } } as const
  const settings = { encoder, optimizer: adam({ rate: 0.02 }), epochs: 800, precision: 'float64' } as const
  const fit = await amortized(coins, { ...settings, estimator: enumerated() }).fit({ x }, { seed: 0 })
  const { probabilities, mean } = await fit.encode(x)
  posterior.forEach((own, i) => {
    expect(Math.abs(mean.c.data[i]! - own)).toBeLessThan(0.02)
    expect(Math.abs(probabilities.c!.data[2 * i + 1]! - own)).toBeLessThan(0.02)
  })
  const exact = x.map((own) => Math.log(0.7 * Math.exp(log(own, 0, 1)) + 0.3 * Math.exp(log(own, 2, 1))))
  const total = exact.reduce((sum, own) => sum + own / x.length, 0)
  expect(Math.abs(fit.elbo - total)).toBeLessThan(4 * fit.standardError + 0.01)
  const gaps = await fit.gaps(x, { seed: 1, steps: 20, particles: 500 })
  expect(Math.abs(gaps.logLikelihood - total)).toBeLessThan(0.02)
  expect(amortized(coins, { ...settings, estimator: automatic() })).toBeDefined()
})

function integral(logDensity: (x: number) => number): number {
  const [from, to, steps] = [-8, 8, 2000]
  const h = (to - from) / steps
  let total = 0
  for (let i = 0; i <= steps; i++) {
    const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2
    total += weight * Math.exp(logDensity(from + i * h))
  }
  return Math.log((total * h) / 3)
}
