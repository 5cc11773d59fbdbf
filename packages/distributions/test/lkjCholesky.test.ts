import { DomainError, ShapeError, key } from '@variate/core'
import * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { lkjCholesky } from '../src/index.ts'
import { laws } from './laws.ts'

laws('lkjCholesky', lkjCholesky, { structural: [0] })

test('parameters out of their domain are refused', () => {
  expect(() => lkjCholesky(1, 1)).toThrow(
    new DomainError('lkjCholesky: dimension must be a whole number ≥ 2, got 1'),
  )
  expect(() => lkjCholesky(3, [1, 0])).toThrow(
    new DomainError('lkjCholesky: concentration must be > 0, got 0 at [1]'),
  )
  expect(() =>
    lkjCholesky(3, 1).logProb([
      [1, 0],
      [0, 1],
    ]),
  ).toThrow(ShapeError)
})

test('the rows of its draws have length 1, and 1 is on top', () => {
  const draws = lkjCholesky(4, [0.1, 50]).sample(key(3), [100])
  const lengths = tf.sum(tf.square(draws), -1).dataSync()
  expect(Math.max(...lengths.map((x) => Math.abs(x - 1)))).toBeLessThan(1e-6)
  const first = tf.slice(draws, [0, 0, 0, 0], [100, 2, 1, 1]).dataSync()
  expect(first.every((x) => x === 1)).toBe(true)
})
