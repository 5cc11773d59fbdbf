import { UnsupportedError } from '@variate/core'
import { expect, expectTypeOf, test } from 'vitest'
import {
  discreteUniform,
  exponential,
  folded,
  halfNormal,
  independent,
  laplace,
  mixture,
  normal,
  uniform,
} from '../src/index.ts'
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

test('a side without values does not count at 0', () => {
  // exponential(1): e⁰; halfNormal(1): √(2/π); uniform(−1, 0): 1; uniform(−1, 1): ½ + ½
  expect(folded(exponential(1)).logProb(0).dataSync()[0]).toBeCloseTo(0, 6)
  expect(folded(halfNormal(1)).logProb(0).dataSync()[0]).toBeCloseTo(-0.2257914, 6)
  expect(folded(uniform(-1, 0)).logProb(0).dataSync()[0]).toBeCloseTo(0, 6)
  const ofBoth = folded(uniform(-1, [1, 0]))
    .logProb(0)
    .dataSync()
  ofBoth.forEach((p) => expect(p).toBeCloseTo(0, 6))
})

test('tails keep their digits on both sides', () => {
  // scipy.stats.norm: sf(5) − sf(195); foldnorm(1).sf(8) = sf(7) + sf(9)
  expect(folded(normal(-100, 1)).cdf(95).dataSync()[0]! / 2.866515719e-7).toBeCloseTo(1, 4)
  expect(folded(normal(100, 1)).cdf(95).dataSync()[0]! / 2.866515719e-7).toBeCloseTo(1, 4)
  expect(folded(normal(1, 1)).survival(8).dataSync()[0]! / 1.279812657e-12).toBeCloseTo(1, 4)
  expect(folded(normal(1, 1)).survival(-1).dataSync()[0]).toBe(1)
  // P(|X| > 1) and P(|X| > 1.5) of −2, …, 2
  const counts = folded(discreteUniform(-2, 2)).survival([0, 1, 1.5, 2]).dataSync()
  counts.forEach((p, i) => expect(p).toBeCloseTo([0.8, 0.4, 0.4, 0][i]!, 6))
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

test('what lies near 0 keeps its digits, and jumps of the density there are no harm', () => {
  // (1 − e⁻ˣ) of laplace(0, 1): |X| is exponential(1)
  const x = [1e-30, 1e-8, 1e-3, 0.02]
  const p = folded(laplace(0, 1)).cdf(x).dataSync()
  x.forEach((at, i) => expect(p[i]! / -Math.expm1(-at)).toBeCloseTo(1, 6))
  // half of U(−1, 1), half of U(0.004, 1.004): P(|X| ≤ x) = x/2 + (x − 0.004)₊/2
  const halves = mixture({ probs: [0.5, 0.5] }, [uniform(-1, 1), uniform(0.004, 1.004)])
  const jump = folded(halves).cdf([0.002, 0.005, 0.008]).dataSync()
  jump.forEach((at, i) => expect(at).toBeCloseTo([0.001, 0.003, 0.006][i]!, 6))
})
