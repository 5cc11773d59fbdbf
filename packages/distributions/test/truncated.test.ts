import { key, DomainError, UnsupportedError } from '@variate/core'
import { expect, expectTypeOf, test } from 'vitest'
import { cauchy, independent, normal, poisson, truncated } from '../src/index.ts'
import { lawsOfCombinations } from './laws.ts'

lawsOfCombinations('truncated')

test('whole numbers between the ends share the probability', () => {
  const d = truncated(poisson(3), { low: 1, high: 2.5 })
  // scipy.stats.poisson(3).pmf([1, 2]) = 0.149361, 0.224042
  const p = [...d.logProb([0, 1, 2, 3, 1.5]).dataSync()].map(Math.exp)
  for (const [i, expected] of [0, 0.4, 0.6, 0, 0].entries()) expect(p[i]).toBeCloseTo(expected, 6)
  expect([...d.cdf([0, 1, 1.5, 2, 9]).dataSync()].map((x) => Math.round(x * 1e6) / 1e6)).toEqual([
    0, 0.4, 0.4, 1, 1,
  ])
  expect([...d.icdf([0, 0.3, 0.5, 1]).dataSync()]).toEqual([1, 1, 2, 2])
  expect(
    d
      .sample(key(1), [50])
      .dataSync()
      .every((x) => x === 1 || x === 2),
  ).toBe(true)
})

test('a fractional lower end of whole numbers excludes the number below it', () => {
  const d = truncated(poisson(3), { low: 1.5 })
  // P(2) = P(3) = 4.5·e⁻³ / (1 − 4·e⁻³)
  const each = (4.5 * Math.exp(-3)) / (1 - 4 * Math.exp(-3))
  const p = [...d.logProb([0, 1, 1.5, 2, 3]).dataSync()].map(Math.exp)
  for (const [i, expected] of [0, 0, 0, each, each].entries()) expect(p[i]).toBeCloseTo(expected, 6)
  const below = [...d.cdf([1, 1.5, 2, 3]).dataSync()]
  for (const [i, expected] of [0, 0, each, 2 * each].entries()) expect(below[i]).toBeCloseTo(expected, 6)
  expect([...d.icdf([0, 0.27, 0.29, 0.55, 0.57]).dataSync()]).toEqual([2, 2, 3, 3, 4])
  const draws = d.sample(key(3), [200]).dataSync()
  expect(Math.min(...draws)).toBe(2)
})

test('one end may be left out, and ends may differ within the batch', () => {
  const d = truncated(normal(0, 1), { low: [0, 1] })
  // scipy.stats.truncnorm.logpdf(1.5, [0, 1], inf)
  expect(d.logProb(1.5).dataSync()[0]).toBeCloseTo(-1.3507914, 5)
  expect(d.logProb(1.5).dataSync()[1]).toBeCloseTo(-0.2029169, 5)
  expect(d.batchShape).toEqual([2])
})

test('it has what its base has, by type', () => {
  expectTypeOf(truncated(cauchy(0, 1), { low: 0 })).not.toHaveProperty('mean')
  expectTypeOf(truncated(cauchy(0, 1), { low: 0 })).toHaveProperty('reparameterized')
  expectTypeOf(truncated(poisson(1), { low: 0 })).not.toHaveProperty('reparameterized')
})

test('ends that are not in order, or missing, are refused', () => {
  expect(() => truncated(normal(0, 1), {} as never)).toThrow(
    new DomainError('truncated: give low, high or both'),
  )
  expect(() => truncated(normal(0, 1), { low: 2, high: [3, 1] })).toThrow(
    new DomainError('truncated: low must be < high, got low 2, high 1 at [1]'),
  )
  expect(() => truncated(normal(0, 1), { low: NaN })).toThrow(DomainError)
  expect(() => truncated(independent(normal([0], 1)) as never, { low: 0 })).toThrow(UnsupportedError)
})
