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
