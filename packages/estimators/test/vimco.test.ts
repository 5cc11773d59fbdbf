import '@tensorflow/tfjs-backend-cpu'
import { vimco } from '@variate/estimators'
import { expect, test } from 'vitest'
import { estimatesOf, momentsOf } from './estimatesOf.ts'
import { switchedAtoms } from './exact.ts'
import { switched, switchedAt } from './smallProblems.ts'

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))

/** Mean and variance of the derivative in q's log odds, over all 2ᵏ draws, by the definition of the estimator. */
function enumerated(count: number, baseline: (others: readonly number[]) => number) {
  const atoms = switchedAtoms(switchedAt)
  const rows = Array.from({ length: 2 ** count }, (_, row) =>
    Array.from({ length: count }, (_own, i) => (row >> i) & 1),
  ).map((draws) => {
    const weights = draws.map((b) => Math.exp(atoms[b]!.logWeight))
    const total = weights.reduce((a, b) => a + b, 0)
    const derivative = draws.reduce((sum, b, i) => {
      const signal = Math.log(total / count) - baseline(weights.filter((_w, j) => j !== i))
      return sum + (signal - weights[i]! / total) * (b - sigmoid(switchedAt.guide['l']!))
    }, 0)
    return { probability: draws.reduce((p, b) => p * atoms[b]!.probability, 1), derivative }
  })
  const mean = rows.reduce((sum, row) => sum + row.probability * row.derivative, 0)
  const variance = rows.reduce((sum, row) => sum + row.probability * (row.derivative - mean) ** 2, 0)
  return { mean, variance }
}

const leaveOneOut = (others: readonly number[]): number => {
  const geometric = Math.exp(others.reduce((sum, w) => sum + Math.log(w), 0) / others.length)
  return Math.log((others.reduce((sum, w) => sum + w, 0) + geometric) / (others.length + 1))
}

test.each([2, 3, 5])('with %d particles the gradient has the variance of the definition', (particles) => {
  const exact = enumerated(particles, leaveOneOut)
  const plain = enumerated(particles, () => 0)
  const own = momentsOf(estimatesOf(vimco({ particles }), switched, switchedAt, 40_000)['l']!)
  expect(Math.abs(own.mean - exact.mean)).toBeLessThan(4 * own.ofMean)
  expect(Math.abs(own.variance - exact.variance)).toBeLessThan(4 * own.ofVariance)
  expect(plain.mean).toBeCloseTo(exact.mean, 12)
  expect(exact.variance).toBeLessThan(plain.variance)
})
