import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { special } from '@variate/core'
import { gammainc, gammaincc, lbeta } from '@variate/core/ops'
import { derivative, differences, misses, grid, ODD, oracle, SIZES, type Elementwise } from './check.ts'

const [P, Q, B] = [gammainc, gammaincc, lbeta] as readonly unknown[] as readonly Elementwise[] as [
  Elementwise,
  Elementwise,
  Elementwise,
]
const ALL = [...SIZES, ...ODD]
/** Pairs of all sizes, and some of equal sizes, where methods meet. */
const PAIRS = [
  ...grid(ALL, ALL),
  ...grid(SIZES, [0.3, 0.66, 0.68, 0.9, 0.999, 1, 1.001, 1.1, 1.39, 1.41, 3]).map(([a, share]) => [
    a!,
    a! * share!,
  ]),
]

test('lbeta is what core has, in instructions', () => {
  const positive = grid(SIZES, [...SIZES, 0, NaN, Infinity])
  const negative = grid([-0.3, -1.7, -20.5], [-1.2, -0.4, 0, 0.2, 2, 9.5])
  expect(differences(B, special.lbeta, [...positive, ...negative], { error: 1e-14, floor: 1 })).toEqual([])
  expect(misses(B, oracle('lbeta', 'lbeta', 2), { error: 5e-15, floor: 1 })).toEqual([])
})

// Far tails are as exact as their exponents: 1e-300 to 1e-12.
test.each([
  ['gammainc', P, special.gammainc, 1e-12],
  ['gammaincc', Q, special.gammaincc, 1e-12],
] as const)('%s is what core has, in instructions', (name, f, truth, error) => {
  expect(differences(f, truth, PAIRS, { error: 3e-12 })).toEqual([])
  expect(misses(f, oracle('gammainc', name, 2), { error })).toEqual([])
})

test('so is the derivative of both in the shape', () => {
  expect(differences(derivative(P, 0), special.gammaincDa, PAIRS, { error: 3e-12 })).toEqual([])
  expect(
    differences(derivative(Q, 0), (a, x) => -special.gammaincDa(a, x) + 0, PAIRS, { error: 3e-12 }),
  ).toEqual([])
  expect(misses(derivative(P, 0), oracle('gammaincDerivatives', 'Da', 2), { error: 1e-12 })).toEqual([])
})

test('and the second derivative in the shape', () => {
  expect(differences(derivative(P, 0, 0), special.gammaincDaa, PAIRS, { error: 3e-11 })).toEqual([])
  expect(misses(derivative(P, 0, 0), oracle('gammaincDerivatives', 'Daa', 2), { error: 1e-11 })).toEqual([])
})
