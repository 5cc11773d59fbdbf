import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { UnsupportedError } from '../../src/index.ts'
import { betainc, betaincInverse, betaincOfOdds, logOddsDensity, oddsOfBetainc } from './all.ts'
import { betainc as betaincOf } from '../../src/special/betainc.ts'
import { checkDerivatives, checkValues } from './elementwiseLaws.ts'

const points = [
  [0.3, 2, 0.01],
  [0.7, 1.3, 0.4],
  [2.5, 0.4, 0.8],
  [12, 30, 0.3],
  [60, 50, 0.5],
]
const odds = [
  [0.3, 2, 0.01, 0.5],
  [0.7, 1.3, 0.4, 1],
  [2.5, 0.4, 8, 1],
  [12, 30, 0.3, 1.2],
]

describe.each([
  ['betainc', betainc, points],
  ['betaincInverse', betaincInverse, points],
  ['oddsOfBetainc', oddsOfBetainc, points.slice(0, 4)],
  ['betaincOfOdds', betaincOfOdds, odds],
  ['logOddsDensity', logOddsDensity, odds],
] as const)('%s', (_, op, cases) => {
  it('gives for tensors what it gives for numbers', () => {
    expect.hasAssertions()
    checkValues(op, cases)
  })

  it('is differentiable twice in all arguments', () => {
    expect.hasAssertions()
    checkDerivatives(
      op,
      cases,
      cases[0]!.map((__, i) => i),
    )
  })
})

// Expected: ((a − 1)·x^(a − 2)·(1 − x)^(b − 1) − (b − 1)·x^(a − 1)·(1 − x)^(b − 2))/B(a, b) at 0, ½ and 1.
it.each([
  [2, 3, [12, -3, 0]],
  [3, 2, [0, 3, -12]],
  [1, 1, [0, 0, 0]],
  [1, 2, [-2, -2, -2]],
  [2, 1, [2, 2, 2]],
  [1.5, 2.5, [Infinity, -8 / Math.PI, 0]],
  [4, 5, [0, -4.375, 0]],
])('betainc of %d and %d has its second derivative inside and at both ends', (a, b, expected) => {
  const curvature = (x: tf.Tensor) => tf.grad((y) => tf.grad((z) => betainc(a, b, z))(y))(x)
  const got = curvature(tf.tensor1d([0, 0.5, 1])).dataSync()
  const gaps = expected.map((value, i) => (got[i] === value ? 0 : Math.abs(got[i]! - value)))
  expect(Math.max(...gaps)).toBeLessThan(5e-6)
})

// Expected: the second derivatives of (x/(x + 1))², and of 1 − (y/(1 + y))², in closed form.
it('betaincOfOdds has its second derivatives at the ends of the odds', () => {
  const second = (f: (x: tf.Tensor) => tf.Tensor) =>
    tf
      .grad((y) => tf.grad(f)(y))(tf.tensor1d([0, 1]))
      .dataSync()
  expect(Array.from(second((x) => betaincOfOdds(2, 1, x, 1)))).toEqual([2, -0.125].map(Math.fround))
  expect(Array.from(second((y) => betaincOfOdds(1, 2, 1, y)))).toEqual([-2, 0.125].map(Math.fround))
})

describe('betaincOfOdds', () => {
  it('is betainc at the share of x, and keeps the digits of a share near 1', () => {
    expect(betaincOfOdds(2, 3, 2, 3)).toBe(betaincOf(2, 3, 0.4))
    // betainc(3, 0.25, 0, 1 − 1e-20, regularized=True) in mpmath 1.4.1.
    expect(betaincOfOdds(3, 0.25, 1e20, 1)).toBeCloseTo(0.9999859375, 9)
  })

  it('is 0 and 1 at the ends, and NaN beyond', () => {
    expect([betaincOfOdds(2, 3, 0, 1), betaincOfOdds(2, 3, 1, 0), betaincOfOdds(2, 3, Infinity, 1)]).toEqual([
      0, 1, 1,
    ])
    expect([betaincOfOdds(2, 3, -1, 1), betaincOfOdds(2, 0, 1, 1)]).toEqual([NaN, NaN])
  })

  it('says that there is no third derivative in a', () => {
    const d = (f: (a: tf.Tensor) => tf.Tensor) => tf.grad(f)
    expect(() => d(d(d((a) => betainc(a, 2, 0.3))))(tf.scalar(1.5))).toThrow(UnsupportedError)
  })
})
