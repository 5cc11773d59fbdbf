import '@tensorflow/tfjs-backend-cpu'
import { expect, expectTypeOf, test } from 'vitest'
import { ndarray } from '@variate/core'
import { bernoulli, normal } from '@variate/distributions'
import { enumeration, importanceSampling, summarize } from '@variate/inference'
import { model } from '@variate/language'

test('quantiles are those of NumPy, by numpy.quantile([3, 1, 4, 1, 5, 9, 2, 6], [0.1, 0.5, 0.95])', () => {
  const { rows } = summarize({ x: [3, 1, 4, 1, 5, 9, 2, 6] }, { probabilities: [0.1, 0.5, 0.95] })
  const [row] = rows
  for (const [i, expected] of [1.0, 3.5, 7.95].entries()) expect(row!.quantiles[i]).toBeCloseTo(expected, 12)
  expect(row!.mean).toBeCloseTo(3.875, 12)
  // numpy.std(…, ddof=1)
  expect(row!.sd).toBeCloseTo(2.748376143938713, 12)
})

test('weights that are whole numbers count as often as they say, whatever the order', () => {
  const few = summarize({ x: [5, 1, 3] }, { weights: [1, 2, 1], probabilities: [0.25, 0.75] })
  expect(few.rows[0]!.mean).toBe(2.5)
  const k = ndarray(Int32Array.of(5, 1, 3))
  const again = ndarray(Int32Array.of(5, 1, 1, 3))
  const options = { probabilities: [0.05, 0.5, 0.75, 0.76, 1] }
  expect(summarize({ k }, { ...options, weights: [1, 2, 1] }).rows[0]!.quantiles).toEqual(
    summarize({ k: again }, options).rows[0]!.quantiles,
  )
  expect(summarize({ k: again }, options).rows[0]!.quantiles).toEqual([1, 1, 3, 5, 5])
  expect(summarize({ k }, { weights: [1, 2, 1] }).rows[0]!.shares).toEqual([
    { value: 1, share: 0.5 },
    { value: 3, share: 0.25 },
    { value: 5, share: 0.25 },
  ])
})

test('posteriors are summarized as they are: exact ones by draws, weighted ones by their weights', async () => {
  const coins = model('coins')
    .latent('mu', normal(0, 1))
    .plate('coin', 'n', (coin) =>
      coin.latent('side', bernoulli({ probs: 0.5 })).observed('x', ({ side }) => normal(side, 0.5)),
    )
  const data = { x: [0.1, 1.2] }
  const exact = (await enumeration(coins).fit(data)).posterior
  const drawn = summarize(await exact.sample(4000, { seed: 0 }))
  expectTypeOf(drawn.rows[0]!.site).toEqualTypeOf<'mu' | 'side'>()
  expect(drawn.rows.map(({ site, element }) => `${site}${element}`)).toEqual(['side0', 'side1', 'mu'])
  const { posterior } = await importanceSampling(coins).fit(data, { seed: 0 })
  const weighted = summarize(posterior.draws, { weights: posterior.weights })
  for (const { rows } of [drawn, weighted]) {
    const of = (site: string) => rows.filter((row) => row.site === site)
    expect(Math.abs(of('mu')[0]!.quantiles[2]! - 1.645)).toBeLessThan(0.15)
    for (const i of [0, 1]) {
      const expected = exact.probabilities.side.at(i, 1)
      expect(Math.abs(of('side')[i]!.shares!.at(-1)!.share - expected)).toBeLessThan(0.04)
    }
  }
})

test('the table has three digits of the spread, shares of few values, and 10 elements of long sites', () => {
  const n = 101
  const grid = (f: (p: number) => number) => Float64Array.from({ length: n }, (_, i) => f(i / (n - 1)))
  const wide = ndarray(
    Float64Array.from({ length: n * 24 }, (_, at) => (at % 24) + 0.02 * (Math.floor(at / 24) / (n - 1))),
    [n, 4, 6],
  )
  const summary = summarize({
    mu: grid((p) => 4 * p - 2),
    large: grid((p) => 12_000 + 900 * p),
    tiny: grid((p) => 1e-9 * p),
    constant: grid(() => 2.5),
    c: ndarray(Int32Array.from({ length: n }, (_, i) => (i < 25 ? 2 : 0))),
    count: ndarray(Int32Array.from({ length: n }, (_, i) => i)),
    wide,
  })
  expect(summary.rows).toHaveLength(6 + 24)
  expect(String(summary).split('\n')).toMatchInlineSnapshot(`
    [
      "site                   mean        sd       5 %      50 %      95 %  values",
      "─────────────────────────────────────────────────────────────────────────────────────",
      "mu                     0.00      1.17     -1.80      0.00      1.80",
      "large                 12450       264     12045     12450     12855",
      "tiny               5.00e-10  2.93e-10  5.00e-11  5.00e-10  9.50e-10",
      "constant               2.50      0.00      2.50      2.50      2.50",
      "c                     0.495     0.867                                0: 75 %, 2: 25 %",
      "count                  50.0      29.3         5        50        95",
      "wide[0, 0]          0.01000   0.00586   0.00100   0.01000   0.01900",
      "wide[0, 1]          1.01000   0.00586   1.00100   1.01000   1.01900",
      "wide[0, 2]          2.01000   0.00586   2.00100   2.01000   2.01900",
      "wide[0, 3]          3.01000   0.00586   3.00100   3.01000   3.01900",
      "wide[0, 4]          4.01000   0.00586   4.00100   4.01000   4.01900",
      "wide[0, 5]          5.01000   0.00586   5.00100   5.01000   5.01900",
      "wide[1, 0]          6.01000   0.00586   6.00100   6.01000   6.01900",
      "wide[1, 1]          7.01000   0.00586   7.00100   7.01000   7.01900",
      "wide[1, 2]          8.01000   0.00586   8.00100   8.01000   8.01900",
      "wide[1, 3]          9.01000   0.00586   9.00100   9.01000   9.01900",
      "… 14 more of wide",
    ]
  `)
})

test('what cannot be summarized is told of', () => {
  expect(() => summarize({ x: [1] }, { probabilities: [1.5] })).toThrow('from 0 to 1, got 1.5')
  expect(() => summarize({ x: [1, 2] }, { weights: [1] })).toThrow('there are 1 weights, and 2 draws')
  expect(() => summarize({ x: [1, 2] }, { weights: [1, -1] })).toThrow('weights must be numbers ≥ 0')
  expect(() => summarize({ x: [1, 2] }, { maxElements: 0 })).toThrow('maxElements must be a whole number ≥ 1')
  expect(() => summarize({ x: [] })).toThrow('draws lie along the first axis')
  expect(summarize({ x: [3] }).rows[0]).toMatchObject({ mean: 3, sd: NaN, quantiles: [3, 3, 3] })
})
