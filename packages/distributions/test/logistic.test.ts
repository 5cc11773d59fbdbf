import * as tf from '@tensorflow/tfjs-core'
import { DomainError, ShapeError } from '@variate/core'
import { expect, test } from 'vitest'
import { logistic } from '../src/index.ts'
import { laws } from './laws.ts'

laws('logistic', logistic)

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => logistic(0, [[1], [0]])).toThrow(
    new DomainError('logistic: scale must be > 0, got 0 at [1, 0]'),
  )
  expect(() => logistic(NaN, 1)).toThrow(new DomainError('logistic: loc must be finite, got NaN'))
})

test('shapes that do not broadcast are refused', () => {
  expect(() => logistic([0, 1], [1, 2, 3])).toThrow(ShapeError)
})

test('the score near the mode is right to what an ulp of the value changes', () => {
  // −tanh(z/2)/scale, of which an ulp of x changes 1.2e-7.
  const scale = 0.5
  const values = [-0.25, -1e-2, -1e-5, 1e-30, 1e-12, 1e-8, 1e-4, 0.125].map(Math.fround)
  const score = tf
    .grad((x) => logistic(0, scale).logProb(x))(tf.tensor1d(values))
    .dataSync()
  values.forEach((x, i) => {
    const expected = -Math.tanh(x / scale / 2) / scale
    expect(Math.abs(score[i]! - expected)).toBeLessThan(4 * 2 ** -23 * Math.abs(expected))
  })
})
