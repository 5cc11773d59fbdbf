import '@tensorflow/tfjs-backend-cpu'
import { grad, type Tensor } from '@tensorflow/tfjs-core'
import { constant, sum } from '@variate/core/ops'
import { expect, test } from 'vitest'
import { bernoulli, linearLogProb, oneHotCategorical, poisson } from '../src/index.ts'

test('its slope is that of a line, at values of the support as between', () => {
  const coin = bernoulli({ probs: 0.2 })
  const slope = grad((x: Tensor) => sum(linearLogProb(coin, x)))(constant([0, 0.3, 1]))
  for (const own of slope.dataSync()) expect(own).toBeCloseTo(Math.log(0.2 / 0.8), 5)
  const kind = oneHotCategorical({ probs: [0.2, 0.3, 0.5] })
  const slopes = grad((x: Tensor) => sum(linearLogProb(kind, x)))(constant([0, 1, 0])).dataSync()
  for (const [k, p] of [0.2, 0.3, 0.5].entries()) expect(slopes[k]).toBeCloseTo(Math.log(p), 5)
})

test('what is impossible has a share of nothing, or is −∞', () => {
  const kind = oneHotCategorical({ probs: [0, 0.5, 0.5] })
  const x = constant([
    [0, 0.5, 0.5],
    [0.1, 0.4, 0.5],
  ])
  const logs = linearLogProb(kind, x).dataSync()
  expect(logs[0]).toBeCloseTo(Math.log(0.5), 6)
  expect(logs[1]).toBe(-Infinity)
  const slopes = grad((own: Tensor) => sum(linearLogProb(kind, own)))(constant([0, 1, 0])).dataSync()
  expect(slopes.every((own) => Number.isFinite(own))).toBe(true)
})

test('what has no values between is refused', () => {
  expect(() => linearLogProb(poisson(2), constant(0.5))).toThrow('a poisson has no values between')
})
