import { key, ShapeError, UnsupportedError } from '@variate/core'
import { expect, expectTypeOf, test } from 'vitest'
import { biject, cauchy, exponential, normal, poisson, transformed, uniform } from '../src/index.ts'
import type { Distribution } from '../src/distribution.ts'
import { lawsOfCombinations } from './laws.ts'

lawsOfCombinations('transformed')

test('a falling map turns probabilities around', () => {
  const d = transformed(exponential(2), biject.affine(1, [-1, 1]))
  // P(1 − X ≤ 0) = P(X ≥ 1) = e⁻²; P(1 + X ≤ 2) = 1 − e⁻².
  const cdf = [...d.cdf([0, 2]).dataSync()]
  expect(cdf[0]).toBeCloseTo(Math.exp(-2), 6)
  expect(cdf[1]).toBeCloseTo(1 - Math.exp(-2), 6)
  expect([...d.cdf([2, 0]).dataSync()]).toEqual([1, 0])
  expect([...d.icdf(d.cdf([0, 2])).dataSync()].map((x) => Math.round(x * 1e5) / 1e5 + 0)).toEqual([0, 2])
})

test('a falling map takes the other tail, with its digits', () => {
  // scipy.stats.norm: cdf([-10, -6, -5]), ppf([1e-20, 1e-7]), sf(10)
  const relative = (x: { dataSync(): ArrayLike<number> }, expected: readonly number[]): void =>
    expected.forEach((e, i) => expect(x.dataSync()[i]! / e).toBeCloseTo(1, 4))
  for (const d of [
    transformed(normal(0, 1), biject.affine(0, -1)),
    transformed(normal(0, 1), biject.affine(0, [-1])),
  ]) {
    relative(d.cdf([-10, -6, -5]), [7.619853024e-24, 9.86587645e-10, 2.866515719e-7])
    relative(d.icdf([1e-20, 1e-7]), [-9.26234009, -5.199337582])
    relative(d.survival([10]), [7.619853024e-24])
  }
  const both = transformed(exponential(1), biject.affine(0, [1, -1]))
  // P(X > 30) = e⁻³⁰ = P(−X < −30), and no −X is > 0.
  relative(both.survival([30, 0]), [Math.exp(-30)])
  expect(both.survival([30, 0]).dataSync()[1]).toBe(0)
  relative(both.cdf([30, -30]), [1, Math.exp(-30)])
})

test('values beyond the ends of the map have probability 0 or 1', () => {
  const d = transformed(normal(0, 1), biject.sigmoid)
  expect([...d.cdf([-1, 0, 1, 2]).dataSync()]).toEqual([0, 0, 1, 1])
  expect([...d.logProb([-1, 0, 1, 2, NaN]).dataSync()]).toEqual([
    -Infinity,
    -Infinity,
    -Infinity,
    -Infinity,
    NaN,
  ])
})

test('axes of the batch become axes of an event where the map needs them', () => {
  const d = transformed(normal([0, 0, 0], 1), biject.stickBreaking)
  expect([d.batchShape, d.eventShape]).toEqual([[], [4]])
  // At equal shares x = 0; log |det| from the oracle of bijectors: −3 log 4 … is that of stick breaking.
  const value = [0.25, 0.25, 0.25, 0.25]
  const logDet = biject.stickBreaking.inverseLogDet(value).dataSync()[0]!
  expect(d.logProb(value).dataSync()[0]).toBeCloseTo(3 * -0.9189385332 + logDet, 5)
  expect(d.logProb([0.5, 0.5, 0.5, 0.5]).dataSync()[0]).toBe(-Infinity)
})

test('parameters of the map enlarge the batch, with independent draws', () => {
  const d = transformed(normal(0, 1), biject.affine([0, 10], [[1], [2]]))
  expect(d.batchShape).toEqual([2, 2])
  const draws = d.sample(key(1), [3])
  expect(draws.shape).toEqual([3, 2, 2])
  expect(new Set(draws.dataSync()).size).toBe(12)
})

test('it has what its base has, by type', () => {
  const d = transformed(cauchy(0, 1), biject.exp)
  expectTypeOf(d).not.toHaveProperty('mean')
  expectTypeOf(d).toHaveProperty('cdf')
  expect('mean' in d).toBe(false)
  expectTypeOf(transformed(normal([0], 1), biject.ordered)).not.toHaveProperty('cdf')
  expectTypeOf(transformed(normal(0, 1), [biject.exp, biject.affine(0, 1)])).toHaveProperty('icdf')
  expectTypeOf(d).toExtend<Distribution>()
})

test('discrete distributions and events of another shape are refused', () => {
  expect(() => transformed(poisson(1) as never, biject.exp)).toThrow(
    new UnsupportedError('transformed: poisson is discrete: it has no density to transform'),
  )
  expect(() => transformed(normal(0, 1), biject.ordered)).toThrow(ShapeError)
  expect(() => transformed(uniform([0, 1], 3), biject.permute([0, 2, 1]))).toThrow(ShapeError)
})
