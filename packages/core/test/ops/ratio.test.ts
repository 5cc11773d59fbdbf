import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import * as ops from '../../src/ops/index.ts'
import type { Real } from '../../src/ops/index.ts'

type Function = (power: Real, x: Real) => Real

// In closed form: ∂²/∂power∂x where the power, which is 0, multiplies log(x) or log(1 + x), at x = 4.
const mixed: readonly (readonly [name: string, f: Function, power: number, expected: number])[] = [
  ['xlogy', ops.xlogy, 0, 1 / 4],
  ['xlog1py', ops.xlog1py, 0, 1 / 5],
  ['logGammaDensity', ops.logGammaDensity, 1, 1 / 4],
  ['logGammaDensityOfRate', (a, x) => ops.logGammaDensityOfRate(a, 2, x), 1, 1 / 4],
  ['logWeibullDensity', (k, x) => ops.logWeibullDensity(k, 2, x), 1, 1 / 4 - (1 + Math.log(2)) / 2],
  ['logBetaDensityOfUnit', (a, x) => ops.logBetaDensityOfUnit(a, 3, ops.div(x, 8)), 1, 1 / 4],
  ['logBetaDensityOfUnit', (b, x) => ops.logBetaDensityOfUnit(3, b, ops.div(x, 8)), 1, -1 / 4],
  ['logKumaraswamyDensity', (b, x) => ops.logKumaraswamyDensity(2, b, ops.div(x, 8)), 1, -1 / 6],
]

test.each(mixed)('%s has the mixed derivative of a power that is 0', (_, f, power, expected) => {
  const [p, x] = [tf.scalar(power), tf.scalar(4)]
  const inX = tf.grad((at: tf.Tensor) => tf.grad((y: tf.Tensor) => f(at, y) as tf.Tensor)(x))(p)
  const inPower = tf.grad((at: tf.Tensor) => tf.grad((q: tf.Tensor) => f(q, at) as tf.Tensor)(p))(x)
  expect(inX.dataSync()[0]).toBeCloseTo(expected, 6)
  expect(inPower.dataSync()[0]).toBeCloseTo(expected, 6)
})
