import '@tensorflow/tfjs-backend-cpu'
import { describe, expect, it } from 'vitest'
import { inverseGaussianCdf, inverseGaussianQuantile, meanLogInverseGaussian } from './all.ts'
import { scaledExpint } from '../../src/ops/special/inverseGaussian.ts'
import { checkDerivatives, checkValues } from './elementwiseLaws.ts'

describe.each([
  [
    'inverseGaussianCdf',
    inverseGaussianCdf,
    [
      [0.7, 1.3, 0.4],
      [2.5, 0.4, 3],
      [12, 30, 4],
    ],
  ],
  [
    'inverseGaussianQuantile',
    inverseGaussianQuantile,
    [
      [0.7, 1.3, 0.4],
      [2.5, 0.4, 0.9],
      [12, 30, 0.05],
    ],
  ],
  [
    'meanLogInverseGaussian',
    meanLogInverseGaussian,
    [
      [0.7, 1.3],
      [2.5, 0.04],
      [12, 90],
    ],
  ],
] as const)('%s', (_, op, points) => {
  it('gives for tensors what it gives for numbers', () => {
    expect.hasAssertions()
    checkValues(op, points)
  })

  it('is differentiable twice in all arguments', () => {
    expect.hasAssertions()
    checkDerivatives(
      op,
      points,
      points[0]!.map((__, i) => i),
    )
  })
})

// Expected: exp(t)·e1(t) in 40 digits of mpmath 1.4.1.
it.each([
  [1e-6, 13.238309131365003],
  [0.5, 0.9229106324837305],
  [1, 0.5963473623231941],
  [1.5, 0.448256669291583],
  [10, 0.09156333393978808],
  [1e4, 9.99900019994e-5],
])('eᵗ·E₁(t) at %d', (t, expected) => {
  expect(scaledExpint(t) / expected - 1).toBeCloseTo(0, 13)
})
