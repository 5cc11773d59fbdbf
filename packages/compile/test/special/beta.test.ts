import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { special } from '@variate/core'
import { betaincOfOdds } from '@variate/core/internal'
import { sub, type Real } from '@variate/core/ops'
import { derivative, differences, misses, grid, oracle, type Elementwise } from './check.ts'

/** At x and 1 − x, whose rounding in float32 is not that in float64. */
const I: Elementwise = (a, b, x) => betaincOfOdds(a!, b!, x!, sub(1, x!) as Real)
const ODDS = betaincOfOdds as Elementwise

test('betainc is within its bound of 50-digit values', () => {
  expect(misses(I, oracle('betainc', 'betainc', 3), { error: 1e-12 })).toEqual([])
})

test.each([
  ['Da', [0]],
  ['Db', [1]],
  ['Daa', [0, 0]],
  ['Dab', [0, 1]],
  ['Dbb', [1, 1]],
] as const)('so is its derivative %s', (column, inputs) => {
  expect(misses(derivative(I, ...inputs), oracle('betaincDerivatives', column, 3), { error: 3e-12 })).toEqual(
    [],
  )
})

const SOME = [1e-30, 1e-8, 0.01, 0.3, 0.5, 1, 2.5, 13, 30, 100, 900, 2500, 1e5, 1e8]
const ROWS = [
  ...grid(SOME, SOME, [1e-300, 1e-8, 0.03, 0.8, 1, 2, 50, 1e6], [1, 7]),
  ...grid([...SOME, 0, -1, NaN, Infinity], [0.5, 30, 0, Infinity], [0, 0.7, NaN, Infinity], [0, 1, Infinity]),
]

test('betaincOfOdds is what core has, in instructions', () => {
  const scalar = betaincOfOdds as (...args: number[]) => number
  expect(differences(ODDS, scalar, ROWS, { error: 5e-12 })).toEqual([])
})

test('so are its derivatives in the shapes', () => {
  const rows = grid(
    [0.01, 0.3, 1.1, 2.5, 30.2, 2500.7],
    [0.02, 0.6, 13.4, 100.3, 5000.9],
    [0.03, 0.8, 1, 2, 50],
    [1, 3],
  )
  const of =
    (f: (a: number, b: number, x: number) => number) => (a: number, b: number, x: number, y: number) =>
      f(a, b, x / (x + y))
  expect(
    differences(derivative(ODDS, 0), of(special.betaincDa), rows, { error: 1e-11, floor: 1e-12 }),
  ).toEqual([])
  expect(
    differences(derivative(ODDS, 1), of(special.betaincDb), rows, { error: 1e-11, floor: 1e-12 }),
  ).toEqual([])
})

test('derivatives are exact at whole parameters, too, where the continued fraction of the value ends', () => {
  // By mpmath 1.3.0: quad(lambda t: (log(t) + psi(0, a + b) - psi(0, a))*t**(a - 1)*(1 - t)**(b - 1)/beta(a, b), [0, x])
  const rows = [
    [1, 100, 0.03, 1, -0.09946391258865185],
    [2, 13, 0.5, 1, -0.03543068616981988],
    [30, 7, 3, 1, -0.022389285580192587],
    [1000, 13, 60, 1, -0.0009258161728056021],
    [12, 1000, 0.02, 1, -0.014111773314569902],
  ]
  expect(misses(derivative(ODDS, 0), rows, { error: 1e-13 })).toEqual([])
})
