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
