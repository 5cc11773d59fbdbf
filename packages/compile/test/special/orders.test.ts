import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { special } from '@variate/core'
import { erfcx, polygamma, type Real } from '@variate/core/ops'
import { derivative, differences, grid, misses, oracle, SIZES, type Elementwise } from './check.ts'

// Derivatives of higher order are one function of the module for all orders.

test.each([2, 3, 4, 7, 12])('polygamma of order %d is what core has, in instructions', (order) => {
  const f: Elementwise = (x) => polygamma(order, x as number) as Real
  const truth = (x: number): number => special.polygamma(order, x)
  const negative = [-0.3, -1.5, -2.75, -7.1, -30.6]
  const rows = grid([...SIZES.filter((x) => x > 1e-20), ...negative, 0, -1, NaN, Infinity])
  expect(differences(f, truth, rows, { error: 1e-13 })).toEqual([])
  const values = oracle('polygamma', 'polygamma', 2).filter(([n, x]) => n === order && x! > 0)
  expect(
    misses(
      f,
      values.map((row) => row.slice(1)),
      { error: 2e-14 },
    ),
  ).toEqual([])
})

test.each([
  [1, 'first', 1e-13],
  [2, 'second', 1e-12],
] as const)(
  'the derivative of erfcx of order %d is within rounding of 50-digit values',
  (order, column, error) => {
    const slope = derivative(erfcx as Elementwise, ...Array.from({ length: order }, () => 0))
    expect(misses(slope, oracle('erfcxDerivatives', column, 1), { error })).toEqual([])
  },
)
