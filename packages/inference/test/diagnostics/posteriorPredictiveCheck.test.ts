import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeEach, expect, expectTypeOf, test } from 'vitest'
import type { NdArray } from '@variate/core'
import { multivariateNormal, normal, poisson } from '@variate/distributions'
import { enumeration, posteriorPredictiveCheck, quantile } from '@variate/inference'
import { model } from '@variate/language'

let tensors: number
beforeEach(() => {
  tensors = tf.memory().numTensors
})
afterEach(() => {
  // oxlint-disable-next-line vitest/no-standalone-expect
  expect(tf.memory().numTensors, 'tensors left').toBe(tensors)
})

const points = model('points')
  .latent('mu', normal(0, 1))
  .plate('point', 'n', (i) => i.observed('x', ({ mu }) => normal(mu, 1)))
const x = [-0.6, 0.3, 1.1, 0.2, -1.4, 0.9, 2.0, 0.4]

/** erf by its series. @see Abramowitz and Stegun, 7.1.6. */
function normalCdf(z: number): number {
  let [term, sum] = [z, z]
  for (let n = 1; n < 100; n++) sum += term *= (z * z) / (2 * n + 1)
  return 0.5 + (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI)
}

test('the p-value of the mean is the exact one, within its standard error', async () => {
  const { posterior } = await enumeration(points).fit({ x })
  const { mu } = await posterior.sample(20_000, { seed: 0 })
  const { rows } = await posteriorPredictiveCheck(points, { mu }, { x }, { seed: 1 })
  expectTypeOf(rows[0]!.site).toEqualTypeOf<'x'>()
  expect(rows.map(({ statistic }) => statistic)).toEqual(['mean', 'sd', 'min', 'median', 'max'])
  const [mean] = rows
  const n = x.length
  const observed = x.reduce((a, b) => a + b, 0) / n
  const loc = (n * observed) / (n + 1)
  const scale = Math.sqrt(1 / n + 1 / (n + 1))
  expect(mean!.observed).toBeCloseTo(observed, 12)
  expect(Math.abs(mean!.mean - loc) / (scale / Math.sqrt(20_000))).toBeLessThan(4)
  const p = 1 - normalCdf((observed - loc) / scale)
  expect(mean!.standardError).toBeCloseTo(Math.sqrt((p * (1 - p)) / 20_000), 4)
  expect(Math.abs(mean!.pValue - p) / mean!.standardError).toBeLessThan(4)
  expect(rows.find(({ statistic }) => statistic === 'max')!.observed).toBe(2)
})

test('what the model does not make up is warned of, in words, in the table as well', async () => {
  const wild = { x: [-6, 0, 0.1, 6] }
  const { posterior } = await enumeration(points).fit(wild)
  const check = await posteriorPredictiveCheck(points, await posterior.sample(500, { seed: 0 }), wild, {
    seed: 1,
  })
  expect(check.warnings.map((text) => text.slice(0, 10))).toEqual(['x: its sd ', 'x: its min', 'x: its max'])
  expect(check.warnings[0]).toMatch(/sd is 4\.899, and .* 0\.9\d\d ± 0\.[34]\d\d: hardly ever as large$/)
  expect(check.warnings[1]).toMatch(/hardly ever as small$/)
  const sd = check.rows[1]!
  expect(sd.pValue).toBe(0)
  // Of nothing in 500 the error is not 0.
  expect(sd.standardError).toBeGreaterThan(0.001)
  expect(String(check).split('\n')[0]).toMatch(/^site {2}statistic +data +model +sd +p +se$/)
  expect(String(check)).toContain(check.warnings[2])
})

test('statistics of one’s own are of the data as they are, and of what is there where some are missing', async () => {
  const pairs = model('pairs')
    .latent('mu', normal(0, 1))
    .plate('point', 3, (i) =>
      i
        .observed(
          'pair',
          multivariateNormal([0, 0], {
            covariance: [
              [1, 0.5],
              [0.5, 1],
            ],
          }),
        )
        .observed('x', ({ mu }) => normal(mu, 1)),
    )
  const data = { pair: [[0, 1], null, [2, 1]], x: [1, 2, null] }
  const seen: number[][] = []
  const { rows } = await posteriorPredictiveCheck(pairs, { mu: [0, 0.5, 1] }, data, {
    seed: 0,
    statistics: {
      upper: quantile(0.9),
      count: (own: NdArray) => {
        seen.push([...own.shape])
        return own.size
      },
    },
  })
  expect(rows.map(({ site, statistic }) => `${site} ${statistic}`)).toEqual([
    'pair upper',
    'pair count',
    'x upper',
    'x count',
  ])
  expect(new Set(seen.map(String))).toEqual(new Set(['4', '2']))
  expect(rows[0]!.observed).toBeCloseTo(1.7, 12)
  const whole = await posteriorPredictiveCheck(
    pairs,
    { mu: [0, 1] },
    {
      ...data,
      pair: [
        [0, 1],
        [1, 1],
        [2, 1],
      ],
    },
    {
      seed: 0,
      statistics: { first: (own: NdArray) => own.shape.length },
    },
  )
  expect(whole.rows.map(({ observed }) => observed)).toEqual([2, 1])
})

test('ties count half: of counts that are always the same as the data p is 1/2', async () => {
  const counts = model('counts')
    .latent('z', normal(0, 1))
    .plate('i', 'n', (i) => i.observed('k', poisson(1e-9)))
  const { rows } = await posteriorPredictiveCheck(counts, { z: [0, 1] }, { k: [0, 0, 0] }, { seed: 0 })
  for (const { statistic, pValue } of rows) expect(pValue, statistic).toBe(0.5)
})

test('what does not fit is told of', async () => {
  const check = (draws: object, data: object, options: object) =>
    posteriorPredictiveCheck(points, draws as never, data as never, options as never)
  await expect(check({}, { x }, { seed: 0 })).rejects.toThrow('draws of at least one site')
  await expect(check({ other: [1] }, { x }, { seed: 0 })).rejects.toThrow(
    'site "mu" is latent, and there are no draws',
  )
  await expect(check({ mu: [1, 2] }, {}, { seed: 0 })).rejects.toThrow('no site with data can be drawn anew')
  await expect(check({ mu: [1, 2] }, { x }, {})).rejects.toThrow('a seed or a key')
  const statistics = { none: () => NaN }
  await expect(check({ mu: [1, 2] }, { x }, { seed: 0, statistics })).rejects.toThrow('none of "x" is NaN')
  // @ts-expect-error Property 'mu' is missing
  await expect(posteriorPredictiveCheck(points, {}, { x }, { seed: 0 })).rejects.toThrow('at least one site')
})
