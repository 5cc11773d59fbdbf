import '@tensorflow/tfjs-backend-cpu'
import { describe, expect, it } from 'vitest'
import { betaEntropy, gammaEntropy } from '../../src/ops/index.ts'
import { checkDerivatives, checkValues } from './elementwiseLaws.ts'

const one = [[0.02], [0.7], [3.4], [25]]
const pairs = [
  [0.7, 1.3],
  [2.5, 0.4],
  [12, 30],
]

describe.each([
  ['gammaEntropy', gammaEntropy, one],
  ['betaEntropy', betaEntropy, pairs],
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
