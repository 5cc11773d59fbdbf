import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { special } from '@variate/core'
import * as internal from '@variate/core/internal'
import { multivariateLgamma, where, type Real } from '@variate/core/ops'
import { derivative, differences, grid, misses, oracle, type Elementwise, type Rows } from './check.ts'

// What core has is the truth, unless there are 50-digit values.

const REAL = [0, 1e-10, 1e-3, 0.2, 0.7, 1, 1.6, 2.5, 4, 7, 12, 40, 1e3, 1e6].flatMap((x) => [x, -x])
const MODERATE = [1e-3, 0.1, 0.5, 0.9, 1, 1.5, 3, 8, 20, 50, 300, 1e4]
const UNIT = [0, 1e-20, 1e-6, 0.01, 0.1, 0.3, 0.5, 0.6, 0.9, 0.99, 1 - 1e-6, 1]
const ANGLES = [0, 1e-5, 0.3, 1, 1.6, 2.8, 3.1, 3.5, 9].flatMap((x) => [x, -x])
const ODD = [NaN, Infinity, -Infinity]

/** [a, a + w], a the end nearest to 0: narrow, wide and in a tail. */
const INTERVALS = [
  [-1e-6, 3e-6], [-0.01, 0.5], [-1, 2], [-0.4, 1.5], [-3, 8], [-30, 70], [0, 1], [0, 100], [0.3, 1], [2, 0.1], [5, 9], [30, 1e-5],
  [30, 1], [300, 1e-3], [300, 5], [-0.7, 1e6], [4, 1e8],
] // prettier-ignore
/** What is beyond the origin by a share of the way to an end, on either side of the interval or outside. */
const EXCESSES = INTERVALS.flatMap(([a, w]) =>
  [-2, -0.4, -0.01, 0, 0.01, 0.4, 2].flatMap((share) => [
    [share * Math.min(w!, 3), a!, w!, 0],
    [share * Math.min(w!, 3), a!, w!, 1],
  ]),
)

interface Case {
  readonly f: unknown
  readonly rows: Rows
  /** Relative to a value, and for less than the floor to that. */
  readonly error?: number
  readonly floor?: number
}

const CASES: Readonly<Record<string, Case>> = {
  cothExcess: { f: internal.cothExcess, rows: grid([...REAL, NaN]) },
  interpolateLogs: { f: internal.interpolateLogs, rows: grid(UNIT, MODERATE, MODERATE) },
  inverseGaussianCdf: {
    f: internal.inverseGaussianCdf,
    rows: grid(MODERATE, MODERATE, [...MODERATE, 0, -1, NaN, Infinity]),
  },
  inverseGaussianQuantile: {
    f: internal.inverseGaussianQuantile,
    rows: grid(
      MODERATE.slice(1, -2),
      MODERATE.slice(1, -2),
      UNIT.filter((p) => p < 0.999 || p === 1),
    ),
    error: 1e-12,
  },
  multivariateLgamma: {
    f: (x: Real) => multivariateLgamma(x as number, 3),
    rows: grid([0.5, 1, ...MODERATE, NaN]),
    floor: 1,
  },
  scaledExpint: {
    f: (mean: Real, concentration: Real) => internal.meanLogInverseGaussian(mean, concentration),
    rows: grid([1], MODERATE),
    floor: 1,
  },
  skewNormalCdf: { f: internal.skewNormalCdf, rows: grid([...REAL, ...ODD], [...REAL, ...ODD]), floor: 1e-4 },
  skewNormalLogFactor: { f: internal.skewNormalLogFactor, rows: grid(REAL), floor: 1e-3 },
  skewNormalQuantile: {
    f: internal.skewNormalQuantile,
    rows: grid([...UNIT.slice(2), -1, 2, NaN], REAL),
    error: 1e-11,
    floor: 1,
  },
  studentTCdf: { f: internal.studentTCdf, rows: grid([...REAL, ...ODD], [...MODERATE, 1e8, 0, -1, NaN]) },
  studentTQuantile: {
    f: internal.studentTQuantile,
    rows: grid([...UNIT, -1, 2, NaN], [...MODERATE.slice(2), 1e8, 1e17]),
    error: 1e-11,
    floor: 1e-3,
  },
  truncatedNormalLogMass: { f: internal.truncatedNormalLogMass, rows: INTERVALS, floor: 1 },
  truncatedNormalMean: { f: internal.truncatedNormalMean, rows: INTERVALS, floor: 1e-3 },
  truncatedNormalOrigin: { f: internal.truncatedNormalOrigin, rows: INTERVALS },
  truncatedNormalVariance: { f: internal.truncatedNormalVariance, rows: INTERVALS },
  truncatedNormalCdf: {
    f: internal.truncatedNormalCdf,
    rows: EXCESSES,
  },
  truncatedNormalQuantile: {
    f: internal.truncatedNormalQuantile,
    rows: INTERVALS.flatMap((row) =>
      [0, 0.01, 0.5, 0.7, 1, -1].flatMap((p) => [
        [p, ...row, 0],
        [p, ...row, 1],
      ]),
    ),
    error: 1e-9,
    floor: 1e-3,
  },
  tiltCdf: { f: internal.tiltCdf, rows: grid(UNIT, [...REAL, 800]) },
  tiltQuantile: { f: internal.tiltQuantile, rows: grid(UNIT, [...REAL, 800]), floor: 1e-3 },
  vonMisesCdf: { f: internal.vonMisesCdf, rows: grid([...ANGLES, ...ODD], [0, ...MODERATE, -1, NaN]) },
  vonMisesQuantile: {
    f: internal.vonMisesQuantile,
    rows: grid([...UNIT, -1, NaN], [0, 0.4, -2, 3], MODERATE),
    error: 1e-10,
    floor: 1,
  },
  weibullLogMomentRatio: { f: internal.weibullLogMomentRatio, rows: grid(MODERATE), error: 1e-11 },
}

test.each(Object.keys(CASES))('%s is what core has, in instructions', (name) => {
  const { f, rows, error = 2e-12, floor } = CASES[name]!
  const bound = floor === undefined ? { error } : { error, floor }
  expect(differences(f as Elementwise, f as (...args: number[]) => number, rows, bound)).toEqual([])
})

test('vonMisesCdf is within rounding of 50-digit values', () => {
  const f = internal.vonMisesCdf as Elementwise
  expect(misses(f, oracle('vonMisesCdf', 'vonMisesCdf', 2), { error: 2e-13 })).toEqual([])
})

test('skewNormalCdf is by Owen’s T, whose 50-digit values it gives', () => {
  const f = internal.skewNormalCdf as Elementwise
  const rows = oracle('owensT', 'owensT', 2)
    .filter(([h]) => Math.abs(h!) < 5)
    .map(([h, a, t]) => [h!, a!, special.ndtr(h!) - 2 * t!])
  expect(misses(f, rows, { error: 2e-15, floor: 1 })).toEqual([])
})

const named: Readonly<Record<string, unknown>> = { ...internal }

/** Five-point central differences. */
function slopeOf(f: (...args: number[]) => number, at: number, h: number): (...args: number[]) => number {
  return (...args) => {
    const value = (k: number): number => f(...args.with(at, args[at]! * (1 + k * h)))
    return (8 * (value(1) - value(-1)) - (value(2) - value(-2))) / (12 * h * args[at]!)
  }
}

test.each([
  ['studentTCdf', grid([-30, -2, -0.3, 0.7, 3], [0.3, 1.5, 8, 300])],
  ['vonMisesCdf', grid([-3, -1, 0.2, 2], [0.3, 1.5, 8, 300])],
] as const)('derivatives of %s in its parameter are those of its numbers', (name, rows) => {
  const [f, scalar] = [named[name] as Elementwise, named[name] as (...args: number[]) => number]
  const bound = { error: 1e-7, floor: 1e-4, precisions: ['float64'] } as const
  expect(differences(derivative(f, 1), slopeOf(scalar, 1, 1e-3), rows, bound)).toEqual([])
  const twice = slopeOf(slopeOf(scalar, 1, 1e-2), 1, 1e-2)
  expect(differences(derivative(f, 1, 1), twice, rows, { ...bound, error: 1e-4 })).toEqual([])
})

test.each([
  ['studentTQuantile', 1, grid([0.01, 0.3, 0.6, 0.999], [0.4, 1.5, 8, 300])],
  ['vonMisesQuantile', 2, grid([0.01, 0.3, 0.6, 0.999], [0.3], [0.3, 1.5, 8, 300])],
] as const)('derivatives of %s in its parameter are those of its numbers', (name, at, rows) => {
  const [f, scalar] = [named[name] as Elementwise, named[name] as (...args: number[]) => number]
  const bound = { error: 1e-7, floor: 1e-4, precisions: ['float64'] } as const
  expect(differences(derivative(f, at), slopeOf(scalar, at, 1e-3), rows, bound)).toEqual([])
  const twice = slopeOf(slopeOf(scalar, at, 1e-2), at, 1e-2)
  expect(differences(derivative(f, at, at), twice, rows, { ...bound, error: 1e-3 })).toEqual([])
})

test('derivatives of the log mass of a truncated normal distribution are those of its numbers', () => {
  const [f, scalar] = [
    internal.truncatedNormalLogMass as Elementwise,
    internal.truncatedNormalLogMass as (...args: number[]) => number,
  ]
  const rows = [
    [-0.4, 0.7],
    [-1, 4],
    [0.5, 0.8],
    [2, 5],
    [3, 0.2],
  ]
  const bound = { error: 1e-6, floor: 1e-2, precisions: ['float64'] } as const
  for (const at of [0, 1]) {
    expect(differences(derivative(f, at), slopeOf(scalar, at, 1e-3), rows, bound)).toEqual([])
    for (const other of [0, 1]) {
      const twice = slopeOf(slopeOf(scalar, at, 1e-3), other, 1e-3)
      expect(differences(derivative(f, at, other), twice, rows, { ...bound, error: 1e-4 })).toEqual([])
    }
  }
  const variance = internal.truncatedNormalVariance as Elementwise
  const thrice = slopeOf(variance as (...args: number[]) => number, 0, 1e-3)
  expect(differences(derivative(variance, 0), thrice, rows, bound)).toEqual([])
})

test('which origin it has is told by conditions', () => {
  for (const f of [internal.truncatedNormalIsNarrow, internal.truncatedNormalIsWide]) {
    const number: Elementwise = (a, w) => where(f(a!, w!), 1, 0)
    const truth = (a: number, w: number): number => f(a, w)
    expect(differences(number, truth, INTERVALS, { error: 0 })).toEqual([])
  }
})
