import { key, DomainError, ShapeError } from '@variate/core'
import { grad } from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { constant } from '@variate/core/ops'
import { expect, test } from 'vitest'
import { delta } from '../src/index.ts'
import { laws, lawsOfCombinations } from './laws.ts'

laws('delta', delta)
lawsOfCombinations('delta')

test('all probability is at the value', () => {
  expect([...delta(2).logProb([1, 2, NaN]).dataSync()]).toEqual([-Infinity, 0, NaN])
  expect(delta([1, 2]).logProb(2).arraySync()).toEqual([-Infinity, 0])
  expect(
    delta([1, 2], { eventRank: 1 })
      .logProb([
        [1, 2],
        [1, 3],
      ])
      .arraySync(),
  ).toEqual([0, -Infinity])
  expect(delta([1, 2]).sample(key(0), [2]).arraySync()).toEqual([
    [1, 2],
    [1, 2],
  ])
  expect(delta([1, 2]).mean().arraySync()).toEqual([1, 2])
  expect(delta([1, 2]).variance().arraySync()).toEqual([0, 0])
  expect(delta([1, 2]).support.violation([3], [])).toBe('3')
  expect(delta([1, 2]).support.violation([2], [])).toBeUndefined()
})

test('draws are differentiable in the value', () => {
  const slope = grad((value) => delta(value).sample(key(0), [3]))(constant([1, 2]))
  expect(slope.arraySync()).toEqual([3, 3])
})

test('values that are not finite or have too few axes are refused', () => {
  expect(() => delta([0, NaN])).toThrow(new DomainError('delta: value must be finite, got NaN at [1]'))
  expect(() => delta(1, { eventRank: 1 })).toThrow(ShapeError)
})
