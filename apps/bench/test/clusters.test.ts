import { expect, test } from 'vitest'
import { clusters } from '../src/gmm/clusters.ts'

test('the clusters are the same numbers every time', () => {
  expect(clusters(50, 3, 4)).toEqual(clusters(50, 3, 4))
})

test('their spread is that of the clusters and of their centres', () => {
  // Var = (3.5²/2d)·(1 − 1/K) on average over centres, plus E[U(0.6, 1.2)²] = 0.84 and (a/4d) of the axes before.
  const d = 64
  const { data } = clusters(20_000, d, 64).x
  const mean = Float64Array.from({ length: d }, () => 0)
  for (let i = 0; i < data.length; i++) mean[i % d]! += data[i]! / 20_000
  let variance = 0
  for (let i = 0; i < data.length; i++) variance += (data[i]! - mean[i % d]!) ** 2 / data.length
  const expected = (3.5 ** 2 / (2 * d)) * (1 - 1 / 64) + 0.84 + (d - 1) / 2 / (4 * d)
  expect(Math.abs(variance - expected)).toBeLessThan(0.02)
})
