import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import {
  betaEntropy,
  binomialSurprise,
  gammaEntropy,
  negativeBinomialEntropy,
  poissonEntropy,
} from '../../src/ops/index.ts'
import { checkDerivatives, checkMixedDerivatives, checkValues } from './elementwiseLaws.ts'

const one = [[0.02], [0.7], [3.4], [25]]
const pairs = [
  [0.7, 1.3],
  [2.5, 0.4],
  [12, 30],
]

describe.each([
  ['gammaEntropy', gammaEntropy, one],
  ['betaEntropy', betaEntropy, pairs],
  ['poissonEntropy', poissonEntropy, one],
  ['negativeBinomialEntropy', negativeBinomialEntropy, pairs],
] as const)('%s', (_, op, points) => {
  it('gives for tensors what it gives for numbers', () => {
    expect.hasAssertions()
    checkValues(op, points)
  })

  it('is differentiable twice', () => {
    expect.hasAssertions()
    checkDerivatives(
      op,
      points,
      points[0]!.map((__, i) => i),
    )
  })
})

// Expected: the textbook formulas in 40 digits of mpmath 1.4.1.
it.each([
  [0.01, -94.94579672524796],
  [2.5, 1.7299479095050545],
  [300, 4.269717733085244],
  [1e6, 8.326693478853393],
  [1e12, 15.234449091168614],
])('the entropy of gamma(%d, 1)', (a, expected) => {
  expect(gammaEntropy(a) / expected - 1).toBeCloseTo(0, 10)
})

it.each([
  [0.01, 2, -95.37854894773321],
  [300, 40, -2.6351941308233844],
  [1e6, 1e6, -6.528537766617507],
])('the entropy of beta(%d, %d)', (a, b, expected) => {
  expect(betaEntropy(a, b) / expected - 1).toBeCloseTo(0, 10)
})

it('the entropy of negative binomials has mixed derivatives', () => {
  expect.hasAssertions()
  checkMixedDerivatives(negativeBinomialEntropy, pairs, [0, 1])
})

// Expected: sums over all counts in 30 digits of mpmath 1.4.1; for 1e12 the asymptotic series of Evans et al. (1988).
it.each([
  [1e-6, 1.4815510904537816e-5],
  [0.1, 0.3336769965012326],
  [2.5, 1.8307266079269717],
  [999, 4.872232463975691],
  [1e5, 7.175400432352287],
  [1e12, 15.234449091168864],
])('the entropy of poisson(%d)', (rate, expected) => {
  expect(poissonEntropy(rate) / expected - 1).toBeCloseTo(0, 7)
})

// Expected: sums over all counts of scipy 1.17.1's log-gamma functions.
it.each([
  [0.01, 100.0, 0.35063366287604425],
  [0.5, 9.0, 2.525755340354307],
  [2.5, 40.0, 5.431079005004817],
  [5, 2e-7, 1.4815510964459564e-5],
  [30, 333.3333333333333, 8.918973837410668],
  [1000, 10.0, 7.222722179820236],
  [100000, 0.001, 3.721183313076961],
])('the entropy of the successes before %d failures, at odds %d', (r, odds, expected) => {
  expect(negativeBinomialEntropy(r, odds) / expected - 1).toBeCloseTo(0, 7)
})

it('the entropy of the successes before one failure is that of a geometric distribution', () => {
  for (const q of [1e-6, 0.2, 0.9]) {
    const binary = -q * Math.log(q) - (1 - q) * Math.log1p(-q)
    expect((negativeBinomialEntropy(1, (1 - q) / q) * q) / binary).toBeCloseTo(1, 9)
  }
})

it('certain counts have no entropy, and what they gain by doubt is infinite', () => {
  expect([poissonEntropy(0), binomialSurprise(5, 0), negativeBinomialEntropy(3, 0)]).toEqual([0, 0, 0])
  expect(poissonEntropy(Infinity)).toBe(Infinity)
  const slope = tf.grad((odds: tf.Tensor) => negativeBinomialEntropy(3, odds) as tf.Tensor)
  expect(slope(tf.scalar(0)).dataSync()[0]).toBe(Infinity)
})

it('of all trials successful, the surprise has the curvature of log p', () => {
  // −log P(k; np) at k ~ binomial(n, p): its second derivative at p = 1 is n − 1 − n + O(1/n): −1/2 by Stirling's series.
  const slope = tf.grad((p: tf.Tensor) => binomialSurprise(1e6, p) as tf.Tensor)
  const curvature = tf.grad((p: tf.Tensor) => slope(p))(tf.scalar(1))
  expect(curvature.dataSync()[0]).toBeCloseTo(-0.5, 5)
})
