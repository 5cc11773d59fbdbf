import '@tensorflow/tfjs-backend-cpu'
import { grad, scalar } from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { weibull } from '../../src/index.ts'

// mpmath: gamma(1 + 2/k) − gamma(1 + 1/k)**2, and its diff in k
test.each([
  [50, 0.000625342586, -2.4395395e-5],
  [99, 0.000163517754, -3.26097539e-6],
  [101, 0.000157185852, -3.07339644e-6],
  [1000, 1.64064268e-6, -3.27700564e-9],
  [5000, 6.57629568e-8, -2.62983053e-11],
  [1e6, 1.64492976e-12, -3.28985522e-18],
])('the variance of weibull(1, %d) does not cancel', (k, variance, slope) => {
  const actual = weibull(1, k).variance().dataSync()[0]!
  expect(Math.abs(actual / variance - 1)).toBeLessThan(1e-6)
  const derivative = grad((at) => weibull(1, at as never).variance())(scalar(k)).dataSync()[0]!
  expect(Math.abs(derivative / slope - 1)).toBeLessThan(1e-5)
})
