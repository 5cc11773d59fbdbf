import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { expect, it } from 'vitest'
import { beta, betaPrime, gamma } from '@variate/distributions'

// Expected: the derivatives of the densities 12x(1 − x)², 9x·exp(−3x) and 2x/(1 + x)³.
it('cdfs have their second derivatives at the ends of the support', () => {
  const bend = (d: { cdf(x: tf.Tensor): tf.Tensor }, x: number[]) =>
    Array.from(
      tf
        .grad((y) => tf.grad((z) => d.cdf(z))(y))(tf.tensor1d(x))
        .dataSync(),
      (value) => value + 0,
    )
  expect(bend(beta(2, 3), [0, 0.5, 1])).toEqual([12, -3, 0])
  expect(bend(gamma(2, 3), [0])).toEqual([9])
  expect(bend(betaPrime(2, 1), [0])).toEqual([2])
})
