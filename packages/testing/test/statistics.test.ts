import { expect, test } from 'vitest'
import { chiSquaredCritical, kolmogorovCritical, Z_CRITICAL } from '../src/statistics/budget.ts'
import { rankCorrelation, ranks } from '../src/statistics/ranks.ts'
import { meanTest } from '../src/statistics/zScore.ts'

test('critical values are those of 5e-12, or bounds above them', () => {
  // scipy 1.17: norm.isf(2.5e-12), kstwo.isf(5e-12, 10000), chi2.isf(5e-12, [1, 10, 100])
  expect(Z_CRITICAL).toBeCloseTo(6.905576, 5)
  expect(kolmogorovCritical(10_000)).toBeGreaterThan(0.0365)
  expect(kolmogorovCritical(10_000)).toBeLessThan(0.0366)
  for (const [degrees, exact] of [
    [1, 47.686985],
    [10, 74.889196],
    [100, 228.278841],
  ] as const) {
    expect(chiSquaredCritical(degrees)).toBeGreaterThan(exact)
    expect(chiSquaredCritical(degrees)).toBeLessThan(1.6 * exact)
  }
})

test('ties share their mean rank', () => {
  expect([...ranks([3, 1, 3, 2])]).toEqual([3.5, 1, 3.5, 2])
})

test('Spearman’s correlation of what grows together is 1, of a constant none', () => {
  expect(rankCorrelation([1, 2, 3, 4], [1, 10, 100, 1000])).toBeCloseTo(2, 12)
  expect(rankCorrelation([1, 2, 3, 4], [5, 5, 5, 5])).toBeUndefined()
})

test('means come with their standard error, unless one number decides them', () => {
  const xs = Array.from({ length: 1000 }, (_, i) => i % 2)
  expect(meanTest(xs)).toEqual({ mean: 0.5, standardError: 0.5 / Math.sqrt(1000) })
  expect(meanTest([...xs, 1e6])).toBeUndefined()
  expect(meanTest([1, 1, 1])).toBeUndefined()
  expect(meanTest([1, NaN])?.mean).toBeNaN()
})
