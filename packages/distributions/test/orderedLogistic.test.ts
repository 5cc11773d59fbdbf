import { DomainError, ShapeError } from '@variate/core'
import { expect, test } from 'vitest'
import { orderedLogistic } from '../src/index.ts'
import { laws } from './laws.ts'

laws('orderedLogistic', orderedLogistic)

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => orderedLogistic(0, [1, 1])).toThrow(
    new DomainError('orderedLogistic: cutpoints must be increasing, got 1 after 1 in entry 1'),
  )
  expect(() => orderedLogistic(NaN, [0, 1])).toThrow(
    new DomainError('orderedLogistic: predictor must be finite, got NaN'),
  )
})

test('cutpoints without an axis are refused', () => {
  expect(() => orderedLogistic(0, 1)).toThrow(ShapeError)
})

test('cumulative probabilities are those of the logistic variable at the cutpoints', () => {
  const [predictor, cutpoints] = [
    [[0.5], [-2]],
    [-1, 0.25, 2],
  ] as const
  const d = orderedLogistic(predictor, cutpoints)
  const got = d.cdf([[[-1]], [[0]], [[1.5]], [[2]], [[3]], [[9]]])
  expect(got.shape).toEqual([6, 2, 1])
  const expected = [-Infinity, -1, 0.25, 2, Infinity, Infinity].flatMap((cut) =>
    predictor.map(([centre]) => 1 / (1 + Math.exp(centre - cut))),
  )
  got.dataSync().forEach((p, i) => expect(p).toBeCloseTo(expected[i]!, 6))
  expect([...d.icdf([[[0]], [[1]]]).dataSync()]).toEqual([0, 0, 3, 3])
})

test('all categories are enumerated, with an axis for each of the batch', () => {
  const d = orderedLogistic([[0.5], [-2]], [-1, 0.25])
  expect(d.enumerateSupport().shape).toEqual([3, 1, 1])
  expect(d.logProb(d.enumerateSupport()).shape).toEqual([3, 2, 1])
})
