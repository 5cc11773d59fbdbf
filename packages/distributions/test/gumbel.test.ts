import * as tf from '@tensorflow/tfjs-core'
import { DomainError, ShapeError } from '@variate/core'
import { expect, test } from 'vitest'
import { gumbel } from '../src/index.ts'
import { laws } from './laws.ts'

laws('gumbel', gumbel)

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => gumbel(0, [1, -1])).toThrow(new DomainError('gumbel: scale must be > 0, got -1 at [1]'))
  expect(() => gumbel(NaN, 1)).toThrow(new DomainError('gumbel: loc must be finite, got NaN'))
})

test('shapes that do not broadcast are refused', () => {
  expect(() => gumbel([0, 1], [1, 2, 3])).toThrow(ShapeError)
})

test('the score near the mode is right to what an ulp of the value changes', () => {
  // (e⁻ᶻ − 1)/scale, of which an ulp of x changes 1.2e-7.
  const scale = 0.5
  const values = [-0.25, -1e-2, -1e-5, 1e-30, 1e-12, 1e-8, 1e-4, 0.125].map(Math.fround)
  const score = tf
    .grad((x) => gumbel(0, scale).logProb(x))(tf.tensor1d(values))
    .dataSync()
  values.forEach((x, i) => {
    const expected = Math.expm1(-x / scale) / scale
    expect(Math.abs(score[i]! - expected)).toBeLessThan(4 * 2 ** -23 * Math.abs(expected))
  })
})
