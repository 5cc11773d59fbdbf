import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { key } from '@variate/core'
import { mul, sum } from '@variate/core/ops'
import { describe, expect, it, test } from 'vitest'
import {
  betaPrime,
  inverseGamma,
  multivariateStudentT,
  pareto,
  studentT,
  weibull,
  type Distribution,
} from '../../src/index.ts'

const LARGEST = (2 - 2 ** -23) * 2 ** 127
const COUNT = 20_000
const scaleTril = [
  [1, 0],
  [0.5, 2],
]

// The probability of a draw beyond float32 is at least 1e-4: 2.7e-4 for pareto(1, 0.1), by its survival function.
describe.each<[string, (a: tf.Scalar) => Distribution, number]>([
  ['alpha of pareto', (a) => pareto(1, a), 0.1],
  ['alpha of pareto, nearly all beyond', (a) => pareto(1, a), 0.002],
  ['scale of pareto', (scale) => pareto(scale, 0.1), 1e-6],
  ['df of studentT', (df) => studentT(df, 0, 1), 0.1],
  ['df of a wide studentT', (df) => studentT(df, 0, 1000), 0.1],
  ['df of studentT, half of it beyond', (df) => studentT(df, 0, 1), 0.003],
  ['df of multivariateStudentT', (df) => multivariateStudentT(df, [0, 0], { scaleTril }), 0.1],
  ['df of multivariateStudentT, half of it', (df) => multivariateStudentT(df, [0, 0], { scaleTril }), 0.003],
  ['concentration1 of betaPrime', (a) => betaPrime(a, 0.1), 0.1],
  ['concentration0 of betaPrime', (b) => betaPrime(3, b), 0.1],
  ['concentration of weibull', (k) => weibull(1, k), 0.02],
  ['scale of weibull', (scale) => weibull(scale, 0.02), 1e-6],
])('draws that reach beyond float32: %s', (_, make, at) => {
  // Weights of both signs, which make ∞ − ∞ of infinite gradients; small, so that the sum is within float32.
  const draws = (seed: number) => (a: tf.Tensor) => {
    const x = make(a as tf.Scalar).sample(key(seed), [COUNT])
    const signs = tf.reshape(tf.linspace(-1e-6, 1e-6, COUNT), [COUNT, ...x.shape.slice(1).map(() => 1)])
    return sum(mul(x, signs)) as tf.Scalar
  }

  it('has finite gradients', () => {
    for (let seed = 0; seed < 5; seed++) {
      const gradient = tf.grad(draws(seed))(tf.scalar(at)).dataSync()[0]
      expect(gradient, `key ${seed}`).toSatisfy(Number.isFinite)
    }
  })

  it('are held inside the support, where the log density is finite', () => {
    const distribution = make(tf.scalar(at))
    const x = distribution.sample(key(0), [COUNT])
    expect(x.dataSync().every(Number.isFinite)).toBe(true)
    expect(distribution.logProb(x).dataSync().every(Number.isFinite)).toBe(true)
  })
})

test('draws that are not held have the gradients of their formulas', () => {
  // x = scale·u^(−1/alpha): ∂x/∂scale = x/scale, ∂x/∂alpha = −x·log(x/scale)/alpha
  const [x, ofScale, ofAlpha] = tf.tidy(() => {
    const draw = (scale: tf.Tensor, alpha: tf.Tensor) =>
      pareto(scale as tf.Scalar, alpha as tf.Scalar).sample(key(3)) as tf.Scalar
    const [a, b] = tf.grads(draw)([tf.scalar(1e30), tf.scalar(3)])
    return [draw(tf.scalar(1e30), tf.scalar(3)), a!, b!].map((item) => item.dataSync()[0]!)
  }) as unknown as [number, number, number]
  expect(ofScale / (x / 1e30)).toBeCloseTo(1, 5)
  expect(ofAlpha / ((-x * Math.log(x / 1e30)) / 3)).toBeCloseTo(1, 5)
})

test('draws are held at the numbers next to the ends', () => {
  const sorted = (distribution: Distribution) => distribution.sample(key(0), [COUNT]).dataSync().toSorted()
  const ends = (distribution: Distribution) => [sorted(distribution)[0]!, sorted(distribution)[COUNT - 1]!]
  expect(ends(weibull(1, 0.005))).toEqual([2 ** -126, LARGEST])
  expect(ends(studentT(0.003, 0, 10))).toEqual([-LARGEST, LARGEST])
  expect(ends(inverseGamma(0.02, 1000))[1]).toBeGreaterThan(LARGEST / 3)
  expect(ends(inverseGamma(0.02, 1000))[1]).toBeLessThanOrEqual(LARGEST)
})
