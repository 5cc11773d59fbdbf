import { key, ShapeError } from '@variate/core'
import { expect, test } from 'vitest'
import { bernoulli, categorical, expand, multivariateNormalDiag, normal } from '../src/index.ts'
import { lawsOfCombinations } from './laws.ts'

lawsOfCombinations('expand')

test('draws of repeated elements are independent, and stay with their element', () => {
  const d = expand(normal([[0], [1000]], 1), [3, 2, 4])
  const draws = d.sample(key(1), [5])
  expect(draws.shape).toEqual([5, 3, 2, 4])
  const rows = draws.arraySync() as number[][][][]
  for (const sample of rows) {
    for (const [zero, thousand] of sample as [number[], number[]][]) {
      for (const x of zero!) expect(Math.abs(x)).toBeLessThan(10)
      for (const x of thousand!) expect(Math.abs(x - 1000)).toBeLessThan(10)
    }
  }
  expect(new Set(draws.dataSync()).size).toBeGreaterThan(110)
})

test('events and their moments stay whole', () => {
  const d = expand(multivariateNormalDiag([1, 2, 3], [1, 1, 1]), [2])
  expect([d.batchShape, d.eventShape, d.sample(key(0)).shape]).toEqual([[2], [3], [2, 3]])
  expect(d.mean().arraySync()).toEqual([
    [1, 2, 3],
    [1, 2, 3],
  ])
  expect(d.logProb([1, 2, 3]).shape).toEqual([2])
})

test('moments of a batch are those of each element, along new axes and along those of length 1', () => {
  const rows = expand(normal([1, 2], [3, 4]), [3, 2])
  expect(rows.mean().arraySync()).toEqual([
    [1, 2],
    [1, 2],
    [1, 2],
  ])
  expect(rows.variance().arraySync()).toEqual([
    [9, 16],
    [9, 16],
    [9, 16],
  ])
  expect(
    expand(normal([[1], [2]], 1), [2, 3])
      .mean()
      .arraySync(),
  ).toEqual([
    [1, 1, 1],
    [2, 2, 2],
  ])
})

test('values of the support have an axis of length 1 for each of the batch', () => {
  expect(expand(bernoulli({ probs: 0.5 }), [2, 3]).enumerateSupport().shape).toEqual([2, 1, 1])
  expect(
    expand(categorical({ probs: [0.5, 0.5] }), [4])
      .enumerateSupport()
      .arraySync(),
  ).toEqual([[0], [1]])
})

test('a batch that it does not broadcast to is refused', () => {
  expect(() => expand(normal([0, 1], 1), [3])).toThrow(ShapeError)
  expect(() => expand(normal([0, 1], 1), [1])).toThrow(
    new ShapeError('expand: the batch [2] does not broadcast to [1]'),
  )
})
