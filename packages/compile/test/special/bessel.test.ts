import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { special } from '@variate/core'
import { besselRatioComplement, besselRatioSlope, logI0e } from '@variate/core/internal'
import { i0e, i1e } from '@variate/core/ops'
import { derivative, differences, misses, ODD, oracle, SIZES, type Elementwise } from './check.ts'

const REAL = [...SIZES, ...ODD].flatMap((x) => [[x], [-x]])
const POSITIVE = [...SIZES, 0, NaN, Infinity].map((x) => [x])

test.each([
  ['i0e', i0e as Elementwise, special.i0e],
  ['i1e', i1e as Elementwise, special.i1e],
  ['logI0e', logI0e as Elementwise, (x: number) => Math.log(special.i0e(x))],
] as const)('%s is what core has, in instructions', (_, f, truth) => {
  expect(differences(f, truth, REAL, { error: 3e-15, floor: f === logI0e ? 0.1 : 0 })).toEqual([])
})

test.each([
  ['besselRatioComplement', besselRatioComplement as Elementwise],
  ['besselRatioSlope', besselRatioSlope as Elementwise],
])('%s is what core has, in instructions', (_, f) => {
  expect(differences(f, f as (x: number) => number, POSITIVE, { error: 4e-15 })).toEqual([])
})

test('i0e and i1e are within rounding of 50-digit values', () => {
  expect(misses(i0e as Elementwise, oracle('i0e', 'i0e', 1), { error: 2e-15 })).toEqual([])
  expect(misses(i1e as Elementwise, oracle('i1e', 'i1e', 1), { error: 2e-15 })).toEqual([])
})

test('so are their derivatives', () => {
  for (const [f, order, column] of [
    [i0e, 1, 'i0eFirst'],
    [i0e, 2, 'i0eSecond'],
    [i1e, 1, 'i1eFirst'],
    [i1e, 2, 'i1eSecond'],
  ] as const) {
    const slope = derivative(f as Elementwise, ...Array.from({ length: order }, () => 0))
    expect(misses(slope, oracle('besselDerivatives', column, 1), { error: 3e-14, floor: 1e-3 })).toEqual([])
  }
})

test('derivatives end at infinity, and take the mean of both sides where they jump', () => {
  const ends = [[0], [Infinity], [NaN]]
  const slopeOf = (f: unknown) => derivative(f as Elementwise, 0)
  const value = (y: number) => (x: number) => (x === 0 ? y : x === Infinity ? 0 : NaN)
  expect(differences(slopeOf(i0e), value(0), ends, { error: 0 })).toEqual([])
  expect(differences(slopeOf(i1e), value(0.5), ends, { error: 0 })).toEqual([])
})
