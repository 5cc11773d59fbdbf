import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import {
  kumaraswamyCdf,
  logBetaDensityOfUnit,
  logGammaDensityOfRate,
  logInverseGaussianDensity,
  logKumaraswamyDensity,
  logWeibullDensity,
  ratioPower,
  sum,
  xlog1py,
  xlogy,
} from '../../src/ops/index.ts'
import { checkDerivatives, checkValues } from './elementwiseLaws.ts'

const positive = [
  [0.7, 1.3, 0.4],
  [2.5, 0.4, 3],
  [12, 3, 4],
]
const unit = [
  [0.7, 1.3, 0.4],
  [2.5, 0.4, 0.8],
  [12, 3, 0.7],
]

describe.each([
  ['logGammaDensityOfRate', logGammaDensityOfRate, positive],
  ['logWeibullDensity', logWeibullDensity, positive],
  ['ratioPower', ratioPower, positive],
  ['logInverseGaussianDensity', logInverseGaussianDensity, positive],
  ['logBetaDensityOfUnit', logBetaDensityOfUnit, unit],
  ['logKumaraswamyDensity', logKumaraswamyDensity, unit],
  ['kumaraswamyCdf', kumaraswamyCdf, unit],
] as const)('%s', (_, op, points) => {
  it('gives for tensors what it gives for numbers', () => {
    expect.hasAssertions()
    checkValues(op, points)
  })

  it('is differentiable twice in all arguments', () => {
    expect.hasAssertions()
    checkDerivatives(op, points, [0, 1, 2])
  })
})

it('derivatives in the rate do not overflow at the least numbers', () => {
  const rate = tf.scalar(2)
  const slope = tf.grad((r: tf.Tensor) => sum(logGammaDensityOfRate(0.5, r, 1e-38)))
  expect(slope(rate).dataSync()[0]).toBe(0.25)
  expect(tf.grad(slope)(rate).dataSync()[0]).toBe(-0.125)
})

it('mixed second derivatives where the power is 0 are those of power·log(x)', () => {
  // ∂²/∂a∂x of (a − 1)·log(x) is 1/x, at a = 1 too; ∂²/∂b∂x of (b − 1)·log(1 − x) is −1/(1 − x).
  const mixed = (f: (power: tf.Tensor, x: tf.Tensor) => tf.Tensor, power: number, at: number): number => {
    const slope = (x: tf.Tensor): tf.Tensor => tf.grad((a: tf.Tensor) => f(a, x))(tf.scalar(power))
    return tf.grad(slope)(tf.scalar(at)).dataSync()[0]!
  }
  expect(mixed((a, x) => logGammaDensityOfRate(a, 3, x), 1, 0.25)).toBeCloseTo(4, 5)
  expect(mixed((a, x) => logWeibullDensity(1, a, x), 1, 0.25)).toBeCloseTo(1, 5)
  expect(mixed((a, x) => logBetaDensityOfUnit(a, 1, x), 1, 0.25)).toBeCloseTo(4, 5)
  expect(mixed((b, x) => logBetaDensityOfUnit(1, b, x), 1, 0.25)).toBeCloseTo(-4 / 3, 5)
  expect(mixed((b, x) => logKumaraswamyDensity(1, b, x), 1, 0.25)).toBeCloseTo(-4 / 3, 5)
  expect(mixed((a, x) => xlogy(a, x), 0, 0.25)).toBeCloseTo(4, 5)
  expect(mixed((a, x) => xlog1py(a, x), 0, -0.75)).toBeCloseTo(4, 5)
})
