import { tensor1d } from '@tensorflow/tfjs-core'
import { DomainError, ShapeError } from '@variate/core'
import { expect, test } from 'vitest'
import { truncatedNormal } from '../src/index.ts'
import { laws } from './laws.ts'

laws('truncatedNormal', truncatedNormal)

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => truncatedNormal(0, 0, -1, 1)).toThrow(
    new DomainError('truncatedNormal: scale must be > 0, got 0'),
  )
  expect(() => truncatedNormal(0, 1, [-1, 2], 1)).toThrow(
    new DomainError('truncatedNormal: low must be < high, got low 2, high 1 at [1]'),
  )
  expect(() => truncatedNormal(0, 1, NaN, 1)).toThrow(
    new DomainError('truncatedNormal: low must be a number or ±Infinity, got NaN'),
  )
  expect(() => truncatedNormal(0, 1, Infinity, Infinity)).toThrow(
    new DomainError('truncatedNormal: low must be < high, got low Infinity, high Infinity'),
  )
})

test('shapes that do not broadcast are refused', () => {
  expect(() => truncatedNormal([0, 1], 1, [-1, -2, -3], 4)).toThrow(ShapeError)
})

test('ends of a batch may be finite and infinite, on either side of the mean', () => {
  const mixed = truncatedNormal(
    tensor1d([0, 0, 0, 0]),
    1,
    [-Infinity, 0, -Infinity, -1],
    [Infinity, Infinity, 0, 2],
  )
  // scipy 1.17.1: truncnorm.mean, truncnorm.cdf(0.5).
  const means = [0, 0.7978845608028654, -0.7978845608028654, 0.22963717909132902]
  for (const [i, mean] of (mixed.mean().arraySync() as number[]).entries())
    expect(mean).toBeCloseTo(means[i]!, 6)
  const cdf = [0.6914624612740131, 0.3829249225480262, 1, 0.6508804213366272]
  for (const [i, p] of (mixed.cdf(0.5).arraySync() as number[]).entries()) expect(p).toBeCloseTo(cdf[i]!, 6)
})

test('tensors out of order are refused when they are first looked at', () => {
  const distribution = truncatedNormal(0, 1, tensor1d([0, 3]), 2)
  expect(() => distribution.logProb(1)).toThrow(
    new DomainError('truncatedNormal: low must be < high, got low 3, high 2 at [1]'),
  )
})
