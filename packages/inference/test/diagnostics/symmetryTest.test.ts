import { expect, test } from 'vitest'
import { random, key } from '@variate/core'
import { symmetryTest } from '../../src/diagnostics/symmetryTest.ts'

test('the distance is that of Kolmogorov and Smirnov between p and 1 − p', () => {
  const p = random.uniform(key(0), [37], { dtype: 'float64' }).data.map((u) => u ** 2)
  const below = (of: Float64Array, x: number) => of.filter((y) => y <= x).length / of.length
  const mirrored = p.map((x) => 1 - x)
  const distance = Math.max(...[...p, ...mirrored].map((x) => Math.abs(below(p, x) - below(mirrored, x))))
  expect(symmetryTest(p).statistic).toBeCloseTo(distance, 12)
})

test('the p-value of few numbers is the share of all choices of sides that are as far', () => {
  const distances = [0.45, 0.4, 0.33, 0.2, 0.17, 0.11, 0.05]
  const all = Array.from({ length: 2 ** 7 }, (_, bits) =>
    symmetryTest(Float64Array.from(distances, (d, i) => 0.5 + (bits & (1 << i) ? d : -d))),
  )
  for (const { statistic, pValue } of all) {
    const share = all.filter((other) => other.statistic >= statistic - 1e-12).length / all.length
    expect(pValue).toBeCloseTo(share, 12)
  }
})

test('of numbers that are symmetric it is uniform: 5 % are below 0.05, or as many as steps allow', () => {
  const pValues = Array.from(
    { length: 2000 },
    (_, i) => symmetryTest(random.uniform(key(i), [100], { dtype: 'float64' }).data).pValue,
  )
  const share = pValues.filter((p) => p <= 0.05).length / pValues.length
  const level = Math.max(...pValues.filter((p) => p <= 0.05))
  // The distance has few values, and the largest p-value not above 0.05 is the level that is kept.
  expect(level).toBeGreaterThan(0.03)
  expect(Math.abs(share - level)).toBeLessThan(4 * Math.sqrt((level * (1 - level)) / 2000))
})
