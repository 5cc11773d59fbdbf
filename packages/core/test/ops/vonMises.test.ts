import '@tensorflow/tfjs-backend-cpu'
import { describe, expect, it } from 'vitest'
import { besselRatioComplement, besselRatioSlope, logI0e, vonMisesCdf, vonMisesQuantile } from './all.ts'
import { vonMisesSampleDerivative } from '../../src/ops/special/vonMises.ts'
import { checkDerivatives, checkValues } from './elementwiseLaws.ts'

const one = [[0.02], [0.7], [3.4], [25]]
const angles = [
  [0.7, 2],
  [-1.2, 0.3],
  [2.5, 5],
]

describe.each([
  ['logI0e', logI0e, one],
  ['besselRatioComplement', besselRatioComplement, one],
  ['besselRatioSlope', besselRatioSlope, one.slice(1)],
  ['vonMisesCdf', vonMisesCdf, angles],
  [
    'vonMisesQuantile',
    vonMisesQuantile,
    [
      [0.3, 0.5, 2],
      [0.9, 4, 0.4],
      [0.02, -1, 6],
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

// Expected: besseli in 60 digits of mpmath 1.4.1.
it.each([
  [1e-6, 0.9999995, 0.4999999999998125],
  [2, 0.302225342035992, 0.1642231977212077],
  [299, 0.0016736436981712739, 5.602178325394279e-6],
  [301, 0.0016625138514272597, 5.527916167691293e-6],
  [1e5, 5.000012500125002e-6, 5.000025000375008e-11],
  [1e8, 5.0000000125e-9, 5.0000000250000004e-17],
])('1 − I₁/I₀ and the derivative of I₁/I₀ at %d', (kappa, complement, slope) => {
  expect(besselRatioComplement(kappa) / complement - 1).toBeCloseTo(0, 12)
  expect(besselRatioSlope(kappa) / slope - 1).toBeCloseTo(0, 9)
})

// Expected: −∂F/∂κ over the density, by quadrature and differences in 30 digits of mpmath 1.4.1.
it.each([
  [0.7, 2, -0.223805024675108],
  [-1.2, 0.3, 0.870301598695612],
  [2.5, 5, -0.629022894055381],
  [0.02, 3000, -3.33372235636719e-6],
])('a draw at %d moves with the concentration %d', (x, kappa, expected) => {
  expect(vonMisesSampleDerivative(kappa, x) / expected - 1).toBeCloseTo(0, 9)
})
