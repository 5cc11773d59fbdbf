import '@tensorflow/tfjs-backend-cpu'
import { importanceWeighted, renyi, reparameterization } from '@variate/estimators'
import { expect, test } from 'vitest'
import { estimatesOf, largestDifference, momentsOf, type Estimates } from './estimatesOf.ts'
import { expectation, gaussianAtoms, powerMean } from './exact.ts'
import { gaussian, gaussianAt } from './smallProblems.ts'

const estimates = (alpha: number, particles: number, count = 50): Estimates =>
  estimatesOf(renyi({ alpha, particles }), gaussian, gaussianAt, count)

test('α = 0 is importanceWeighted, draw for draw', () => {
  expect(
    largestDifference(
      estimates(0, 5),
      estimatesOf(importanceWeighted({ particles: 5 }), gaussian, gaussianAt, 50),
    ),
  ).toBeLessThan(1e-10)
})

test('α = 1 is reparameterization, draw for draw, and it is approached from both sides', () => {
  const elbo = estimatesOf(reparameterization({ particles: 5 }), gaussian, gaussianAt, 50)
  expect(largestDifference(estimates(1, 5), elbo)).toBeLessThan(1e-10)
  expect(largestDifference(estimates(1 - 1e-9, 5), elbo)).toBeLessThan(1e-7)
  expect(largestDifference(estimates(1 + 1e-9, 5), elbo)).toBeLessThan(1e-7)
})

test('α = −∞ takes the largest weight, ∞ the least, and large orders come to them', () => {
  expect(largestDifference(estimates(-Infinity, 5), estimates(-1e5, 5))).toBeLessThan(1e-3)
  expect(largestDifference(estimates(Infinity, 5), estimates(1e5, 5))).toBeLessThan(1e-3)
  const [most, least] = [estimates(-Infinity, 5), estimates(Infinity, 5)].map(
    ({ objective }) => momentsOf(objective!).mean,
  ) as [number, number]
  expect(most).toBeGreaterThan(momentsOf(estimates(0, 5)['objective']!).mean)
  expect(least).toBeLessThan(momentsOf(estimates(2, 5)['objective']!).mean)
})

// Of the mean of w^(1−α), one integral; and of k draws, k of them.
test('the bound of k draws comes to the variational Rényi bound, from below for α < 1, from above for α > 1', () => {
  const atoms = gaussianAtoms(gaussianAt)
  const bias = (alpha: number, particles: number): number => {
    const order = 1 - alpha
    const bound = Math.log(expectation(atoms, 1, ([x]) => Math.exp(order * x!))) / order
    return expectation(atoms, particles, (own) => powerMean(own, order)) - bound
  }
  expect([1, 2, 5].map((particles) => bias(0.5, particles).toFixed(3))).toEqual([
    '-0.560',
    '-0.238',
    '-0.083',
  ])
  const above = [1, 2, 5].map((particles) => bias(1.2, particles))
  expect(above[2]).toBeGreaterThan(0)
  expect(above.toSorted((a, b) => b - a)).toEqual(above)
})
