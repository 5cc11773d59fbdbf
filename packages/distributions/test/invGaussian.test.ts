import * as tf from '@tensorflow/tfjs-core'
import { DomainError } from '@variate/core'
import { expect, test } from 'vitest'
import { invGaussian } from '../src/index.ts'
import { laws } from './laws.ts'

laws('invGaussian', invGaussian)

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => invGaussian(2, [1, 0])).toThrow(
    new DomainError('invGaussian: concentration must be > 0, got 0 at [1]'),
  )
  expect(() => invGaussian(NaN, 1)).toThrow(new DomainError('invGaussian: mean must be > 0, got NaN'))
})

test('the score at the mean is −3/(2·mean), whatever cancels there', () => {
  for (const [mean, concentration] of [
    [1e-3, 1e2],
    [0.3, 1e6],
    [7, 1e-2],
  ] as const) {
    const at = Math.fround(mean)
    // λ/x² − λ/μ² is 0 at x = μ.
    const expected = -1.5 / at
    const score = tf
      .grad((x) => invGaussian(at, concentration).logProb(x))(tf.scalar(at))
      .dataSync()[0]!
    expect(Math.abs(score / expected - 1)).toBeLessThan(4 * 2 ** -23)
  }
})
