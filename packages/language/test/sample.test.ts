import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { key, ndarray, type NdArray } from '@variate/core'
import { constant, gather, mul } from '@variate/core/ops'
import { bernoulli, categorical, normal } from '@variate/distributions'
import { model, real } from '@variate/language'
import { checkLeaks } from './leaks.ts'

checkLeaks()

const COUNT = 20_000

const mean = (x: ArrayLike<number>): number => Array.from(x).reduce((a, b) => a + b, 0) / x.length
const covariance = (x: ArrayLike<number>, y: ArrayLike<number>): number => {
  const [a, b] = [mean(x), mean(y)]
  return mean(Array.from(x, (value, i) => (value - a) * (y[i]! - b)))
}
const columns = ({ data, shape }: NdArray): number[][] => {
  const width = data.length / shape[0]!
  return Array.from({ length: width }, (_, j) =>
    Array.from({ length: shape[0]! }, (__, i) => data[i * width + j]!),
  )
}
/** How many standard errors a mean of draws is from its expectation. */
const z = (draws: ArrayLike<number>, expected: number): number =>
  Math.abs(mean(draws) - expected) / Math.sqrt(covariance(draws, draws) / draws.length)

const groups = model('groups')
  .latent('mu', normal(1, 2))
  .plate('group', 3, (group) =>
    group
      .latent('theta', ({ mu }) => normal(mu, 0.5))
      .deterministic('twice', ({ theta }) => mul(2, theta))
      .plate('member', 'n', (member) => member.observed('y', ({ twice }) => normal(twice, 1))),
  )

test('draws have the moments of the joint distribution: what elements share, and what each has of its own', async () => {
  const { mu, theta, y } = await groups.sample({ seed: 1, count: COUNT, sizes: { n: 2 } })
  expect([mu.shape, theta.shape, y.shape]).toEqual([[COUNT], [COUNT, 3], [COUNT, 3, 2]])
  const [first, second] = columns(theta) as [number[], number[]]
  const [y00, y01, y10] = columns(y) as [number[], number[], number[]]
  expect(z(mu.data, 1)).toBeLessThan(4)
  // Var θ = 4 + 1/4, cov(θ₁, θ₂) = 4; Var y = 4 Var θ + 1, cov within a group 4 Var θ, between groups 16.
  for (const [x, other, expected] of [
    [first, first, 4.25],
    [first, second, 4],
    [y00, y00, 18],
    [y00, y01, 17],
    [y00, y10, 16],
  ] as const) {
    const [a, b] = [mean(x), mean(other)]
    const products = x.map((value, i) => (value - a) * (other[i]! - b))
    expect(z(products, expected)).toBeLessThan(4)
  }
})

test('a seed gives the same draws again, a key those of its seed, and another seed others', async () => {
  const options = { count: 5, sizes: { n: 2 } }
  const [once, again, other] = await Promise.all([3, 3, 4].map((seed) => groups.sample({ seed, ...options })))
  expect(again!.y.data).toEqual(once!.y.data)
  expect(other!.y.data).not.toEqual(once!.y.data)
  expect((await groups.sample({ key: key(3), ...options })).y.data).toEqual(once!.y.data)
})

test('what is given is kept, and what depends on it is drawn given it', async () => {
  const { theta, mu } = await groups.sample({ seed: 2, count: COUNT, sizes: { n: 1 }, given: { mu: 100 } })
  expect(new Set(mu.data)).toEqual(new Set([100]))
  const [first] = columns(theta) as [number[]]
  expect(z(first, 100)).toBeLessThan(4)
})

test('what is predicted for draws of a posterior is drawn given each of them, for any number of new elements', async () => {
  const rows = Float64Array.from({ length: 200 }, (_, i) => 10 * i)
  const mu = ndarray(rows, [200])
  const drawn = await groups.posteriorPredictive({ mu }, { seed: 5, sizes: { n: 40 } })
  expect(drawn.y.shape).toEqual([200, 3, 40])
  for (let i = 0; i < 200; i++) {
    const own = drawn.y.data.subarray(i * 120, (i + 1) * 120)
    // Var of the mean of y: (4·(1/4) + 1/40)/3.
    expect(Math.abs(mean(own) - 20 * i)).toBeLessThan(5 * Math.sqrt(1.025 / 3))
  }
})

test('steps of a chain follow each other: moments of an autoregression, in a plate of chains', async () => {
  const chains = model('chains')
    .param('keep', real())
    .plate('series', 2, (series) =>
      series.markov('time', 'T', (step) =>
        step
          .latent('z', normal(0, 1), ({ keep }, { z: before }) => normal(mul(keep, before), 0.6))
          .observed('x', ({ z: now }) => normal(now, 0.1)),
      ),
    )
  const drawn = await chains.sample({ seed: 3, count: COUNT, given: { keep: 0.8 }, sizes: { T: 4 } })
  expect(drawn.z.shape).toEqual([COUNT, 2, 4])
  const steps = columns(drawn.z)
  // Stationary: variance 1, covariance 0.8^lag; independent between series.
  for (const [i, j, expected] of [
    [0, 0, 1],
    [3, 3, 1],
    [0, 1, 0.8],
    [1, 3, 0.64],
    [0, 4, 0],
    [4, 6, 0.64],
  ] as const) {
    // prettier-ignore
    const products = steps[i]!.map((x, at) => x * steps[j]![at]!)
    expect(z(products, expected)).toBeLessThan(4)
  }
  const noise = Array.from(drawn.x.data, (x, i) => (x - drawn.z.data[i]!) ** 2)
  expect(z(noise, 0.01)).toBeLessThan(4)
})

test('chains of categories move by their table', async () => {
  const table = [0.9, 0.1, 0.3, 0.7]
  const rain = model('rain').markov('day', 3, (day) =>
    day
      .latent('wet', bernoulli({ probs: 0.5 }), (_, { wet }) => {
        const probs = gather(constant([0.1, 0.7]), wet)
        return bernoulli({ probs })
      })
      .observed('umbrella', ({ wet }) =>
        categorical({
          probs: gather(
            constant([
              [0.8, 0.2],
              [0.1, 0.9],
            ]),
            wet,
          ),
        }),
      ),
  )
  const { wet } = await rain.sample({ seed: 4, count: COUNT })
  const [first, second] = columns(wet) as [number[], number[]]
  for (const from of [0, 1]) {
    const next = second.filter((_, i) => first[i] === from)
    expect(z(next, table[2 * from + 1]!)).toBeLessThan(4)
  }
})
