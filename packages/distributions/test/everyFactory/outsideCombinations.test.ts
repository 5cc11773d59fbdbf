import '@tensorflow/tfjs-backend-cpu'
import { grad, scalar, type Tensor } from '@tensorflow/tfjs-core'
import { sum } from '@variate/core/ops'
import { expect, test } from 'vitest'
import {
  biject,
  censored,
  expand,
  exponential,
  folded,
  independent,
  masked,
  mixture,
  normal,
  poisson,
  transformed,
  truncated,
  uniform,
  zeroInflated,
  type Distribution,
} from '../../src/index.ts'

const half = { probs: [0.5, 0.5] }

/** Combinations of one parameter, and what they never are. */
const rows: readonly (readonly [name: string, make: (p: never) => Distribution, x: number])[] = [
  ['censored', (rate) => censored(exponential(rate), { low: 0 }), 0],
  ['censored', (rate) => censored(exponential(rate), { low: -2, high: 3 }), -1],
  ['censored', (high) => censored(uniform(0, high), { low: 0, high: 5 }), 6],
  ['censored', (rate) => censored(poisson(rate), { low: -1 }), -1],
  ['expand', (rate) => expand(exponential(rate), [2]), -1],
  ['folded', (loc) => folded(normal(loc, 1)), -1],
  ['folded', (rate) => folded(poisson(rate)), 0.5],
  ['independent', (rate) => independent(expand(exponential(rate), [2])), -1],
  ['masked', (rate) => masked(exponential(rate), true), -1],
  ['mixture', (rate) => mixture(half, [exponential(rate), uniform(0, 1)]), -1],
  ['transformed', (loc) => transformed(normal(loc, 1), biject.exp), -1],
  ['truncated', (rate) => truncated(exponential(rate), { low: 0.5, high: 2 }), 3],
  ['truncated', (rate) => truncated(poisson(rate), { low: 1 }), 0],
  ['zeroInflated', (rate) => zeroInflated(poisson(rate), { gate: 0.5 }), 0.5],
]

test.each(rows)('%s has log probability −∞ where it has no values, and gradients of 0', (_, make, x) => {
  const d = make(2 as never)
  const value = d.eventShape.length > 0 ? [x, x] : x
  expect(d.logProb(value).dataSync()[0]).toBe(-Infinity)
  const slope = grad((p) => sum(make(p as never).logProb(value)) as Tensor)(scalar(2))
  expect(Math.abs(slope.dataSync()[0]!)).toBe(0)
})
