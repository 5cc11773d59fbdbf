import '@tensorflow/tfjs-backend-cpu'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { bernoulli, normal } from '@variate/distributions'
import { compare, enumeration, looOf, waicOf } from '@variate/inference'
import { model } from '@variate/language'
import oracle from './oracles/diagnostics.json' with { type: 'json' }

const fits = Object.fromEntries(
  oracle.models.map(({ name, logLikelihood }) => [name, looOf({ x: logLikelihood })]),
)

describe.each(oracle.comparisons)('compared with weights by $method', ({ method, rows }) => {
  const got = compare(fits, { weights: method === 'stacking' ? 'stacking' : 'pseudoBma' })

  test('scores, differences and their errors are what ArviZ has', () => {
    expect(got.by).toBe('loo')
    expect(got.rows.map(({ name }) => name)).toEqual(rows.map(({ name }) => name))
    for (const [i, row] of rows.entries()) {
      expect(got.rows[i]!.score).toBeCloseTo(row.elpd, 9)
      expect(got.rows[i]!.standardError).toBeCloseTo(row.standardError, 9)
      expect(got.rows[i]!.difference).toBeCloseTo(row.difference, 9)
      expect(got.rows[i]!.differenceError).toBeCloseTo(row.differenceError, 9)
    }
  })

  test('and weights: those of stacking as near as ArviZ’s optimiser comes, and no worse', () => {
    for (const [i, row] of rows.entries())
      expect(Math.abs(got.rows[i]!.weight - row.weight)).toBeLessThan(method === 'stacking' ? 1e-3 : 1e-12)
    const score = (weights: readonly number[]) =>
      fits['normal']!.pointwise.reduce(
        (sum, _, at) =>
          sum +
          Math.log(
            rows.reduce((p, { name }, i) => p + weights[i]! * Math.exp(fits[name]!.pointwise[at]!), 0),
          ),
        0,
      )
    const least = method === 'stacking' ? score(rows.map(({ weight }) => weight)) : -Infinity
    expect(score(got.rows.map(({ weight }) => weight))).toBeGreaterThan(least - 1e-8)
  })
})

test('stacking weights of models that complement each other are those that are best: by symmetry the same', () => {
  const log = (p: number) => Array.from({ length: 100 }, () => [Math.log(p), Math.log(1 - p)])
  const { rows } = compare({ a: looOf({ x: log(0.8) }), b: looOf({ x: log(0.2) }) })
  for (const { weight } of rows) expect(weight).toBeCloseTo(0.5, 8)
})

test('by WAIC, by evidence and by the ELBO models are ranked as well', async () => {
  const logs = oracle.models.map(({ logLikelihood }) => ({ x: logLikelihood }))
  expect(compare({ a: waicOf(logs[0]!), b: waicOf(logs[1]!) }).by).toBe('waic')
  const at = (p: number) =>
    model('coins').plate('coin', 'n', (coin) =>
      coin.latent('side', bernoulli({ probs: p })).observed('x', ({ side }) => normal(side, 1)),
    )
  const data = { x: [0.1, 1.2, 0.7] }
  const [low, high] = [await enumeration(at(0.1)).fit(data), await enumeration(at(0.7)).fit(data)]
  const byEvidence = compare({ low, high })
  expectTypeOf(byEvidence.rows[0]!.name).toEqualTypeOf<'low' | 'high'>()
  expect(byEvidence.by).toBe('log evidence')
  expect(byEvidence.rows.map(({ name }) => name)).toEqual(['high', 'low'])
  const odds = Math.exp(low.logEvidence - high.logEvidence)
  expect(byEvidence.rows[1]!.weight).toBeCloseTo(odds / (1 + odds), 12)
  expect(byEvidence.rows[1]!.differenceError).toBeNaN()
  const byElbo = compare({
    a: { elbo: -10, standardError: 0.3 },
    b: { elbo: -10.5, standardError: 0.4 },
  })
  expect(byElbo.rows[1]).toMatchObject({ name: 'b', difference: -0.5, differenceError: 0.5 })
  expect(byElbo.warnings).toEqual(['"a" is not told from "b": they differ by less than 2 standard errors'])
})

test('the table is neat', () => {
  const table = String(compare(fits))
  expect(table.split('\n').slice(0, 5)).toEqual([
    'model    elpd_loo    se  difference    se  weight',
    '─────────────────────────────────────────────────',
    'student    -21.75  3.34        0.00  0.00     0 %',
    'wide       -23.25  1.83       -1.50  1.61  28.3 %',
    'normal     -25.02  7.89       -3.27  4.78  71.7 %',
  ])
})

test('what does not compare is refused', () => {
  const [a, b] = [
    looOf({ x: oracle.models[0]!.logLikelihood }),
    waicOf({ x: oracle.models[1]!.logLikelihood }),
  ]
  // @ts-expect-error 'all must be of loo, all of waic, all with an elbo, or all with a logEvidence'
  expect(() => compare({ a: { elbo: 1 }, b: { logEvidence: 1 } })).toThrow(
    '"a" is scored by elbo, "b" by log evidence: they do not compare',
  )
  expect(() => compare({ a, b } as never)).toThrow('"a" is scored by loo, "b" by waic')
  const fewer = looOf({ x: oracle.models[0]!.logLikelihood.map((row) => row.slice(0, 11)) })
  expect(() => compare({ a, fewer })).toThrow('the same observations: "a" has x[11] where "fewer" has none')
  expect(() => compare({ a: { elbo: 1 }, b: { elbo: 2 } }, { weights: 'stacking' })).toThrow(
    'stacking needs the log density of each observation',
  )
  // @ts-expect-error no score
  expect(() => compare({ a: { score: 1 } })).toThrow('"a" has no score')
  expect(() => compare({})).toThrow('there must be fits to compare')
  expect(() => compare({ a: { elbo: NaN } })).toThrow('the score of "a" is NaN')
  expect(() => compare({ a }, { weights: 'other' as never })).toThrow(
    "weights must be 'stacking' or 'pseudoBma'",
  )
})
