import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { DomainError } from '@variate/core'
import { expect, test } from 'vitest'
import {
  delta,
  gamma,
  gaussianRandomWalk,
  klDivergence,
  klUpperBound,
  masked,
  mixture,
  multivariateNormal,
  normal,
} from '../src/index.ts'
import { resolvedOf } from '../src/parameters.ts'

const below = tf.scalar(-1.5)
const weights = tf.tensor1d([0.5, 0.6])
const parts = normal([0, 1], 1)

test.each([
  ['KL of p', () => klDivergence(normal(0, below), normal(0, 1)), 'normal: scale must be > 0, got -1.5'],
  ['KL to q', () => klDivergence(normal(0, 1), normal(0, below)), 'normal: scale must be > 0, got -1.5'],
  [
    'KL of delta',
    () => klDivergence(delta(tf.scalar(NaN)), normal(0, 1)),
    'delta: value must be finite, got NaN',
  ],
  [
    'KL of masked',
    () => {
      const mask = tf.tensor1d([1, 2])
      return klDivergence(masked(parts, mask), masked(parts, mask))
    },
    'masked: mask must be 0 or 1, got 2 at [1]',
  ],
  [
    'a bound of KL',
    () => klUpperBound(mixture({ probs: weights }, parts), mixture({ probs: [0.5, 0.5] }, parts)),
    'mixture: probs must be',
  ],
  ['A(η)', () => gamma(below, 1).logNormalizer(), 'gamma: concentration must be > 0, got -1.5'],
  ['η', () => gamma(1, below).naturalParameters(), 'gamma: rate must be > 0, got -1.5'],
  ['T(x)', () => gamma(1, below).sufficientStatistics(1), 'gamma: rate must be > 0, got -1.5'],
  ['h(x)', () => gamma(1, below).logBaseMeasure(1), 'gamma: rate must be > 0, got -1.5'],
  ['a fit', () => gamma(1, below).fit([1, 2]), 'gamma: rate must be > 0, got -1.5'],
  [
    'a covariance matrix',
    () => gaussianRandomWalk(below, 2).covarianceMatrix(),
    'gaussianRandomWalk: scale must be > 0, got -1.5',
  ],
  [
    'a covariance matrix of a member of the exponential family',
    () => multivariateNormal([0], { covariance: tf.tensor2d([[-1]]) }).covarianceMatrix(),
    'multivariateNormal: covariance must be symmetric positive definite, got',
  ],
])('%s of a tensor outside its constraint is refused', (_, run, message) => {
  expect(run).toThrow(DomainError)
  expect(run).toThrow(message)
})

test('a tensor that a trace recorded first is checked after it', () => {
  const d = normal(0, below)
  expect(Object.keys(d.parameters)).toEqual(['loc', 'scale'])
  tf.registerBackend('trace', () => new tf.KernelBackend())
  tf.setBackend('trace')
  expect(resolvedOf(d.parameters)).toEqual({ loc: 0, scale: below })
  tf.setBackend('cpu')
  expect(() => resolvedOf(d.parameters)).toThrow(DomainError)
  expect(() => d.logProb(0)).toThrow(DomainError)
})
