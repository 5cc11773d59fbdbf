import { UnsupportedError } from '@variate/core'
import { expect, expectTypeOf, test } from 'vitest'
import { discreteUniform, folded, independent, laplace, normal } from '../src/index.ts'
import { lawsOfCombinations } from './laws.ts'

lawsOfCombinations('folded')

test('both sides count', () => {
  // scipy.stats.foldnorm(1).logpdf([0, 1]), cdf(1)
  const d = folded(normal(1, 1))
  const [zero, one, below] = d.logProb([0, 1, -1]).dataSync()
  expect(zero).toBeCloseTo(-0.7257914, 5)
  expect(one).toBeCloseTo(-0.7920105, 5)
  expect(below).toBe(-Infinity)
  expect(d.cdf(1).dataSync()[0]).toBeCloseTo(0.4772499, 5)
})

test('zero counts once among whole numbers', () => {
  const d = folded(discreteUniform(-2, 2))
  const p = [...d.logProb([0, 1, 2, 3]).dataSync()].map((x) => Math.round(Math.exp(x) * 1e6) / 1e6)
  expect(p).toEqual([0.2, 0.4, 0.4, 0])
  expect([...d.cdf([0, 1, 1.5, 2]).dataSync()].map((x) => Math.round(x * 1e6) / 1e6)).toEqual([
    0.2, 0.6, 0.6, 1,
  ])
  expectTypeOf(folded(laplace(0, 1))).not.toHaveProperty('mean')
})

test('events that are not numbers are refused', () => {
  expect(() => folded(independent(normal([0], 1)))).toThrow(UnsupportedError)
})
