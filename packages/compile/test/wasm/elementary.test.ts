import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { special } from '@variate/core'
import { NUMBERS } from '../../src/lower/elementwise.ts'
import { erfcx } from '../../src/wasm/maths/erf.ts'
import type { Formula } from '../../src/wasm/inDouble.ts'
import { PRECISIONS, runBoth } from './run.ts'
import { ENDS, roundTo, series, ulps } from './ulps.ts'

// In float64 the truth is of mpmath: oracles/generate-maths.py. In float32, and where numbers end, it is what float64 has.

type Rows = readonly (readonly number[])[]

const { functions } = JSON.parse(readFileSync(new URL('../oracles/maths.json', import.meta.url), 'utf8')) as {
  functions: Readonly<Record<string, Rows>>
}

const mills = (x: number): number =>
  x < 0
    ? Math.sqrt(2 / Math.PI) / special.erfcx(-x * Math.SQRT1_2)
    : Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI) / special.ndtr(x)
const logCosh = (x: number): number => {
  const [size, half] = [Math.abs(x), Math.sinh(x / 2)]
  return size > 1 ? size + Math.log1p(Math.exp(-2 * size)) - Math.LN2 : Math.log1p(2 * half * half)
}

const ones = (...xs: readonly number[]): Rows => xs.map((x) => [x])
const REALS = ones(
  ...series(4000, (i) => -10 + i / 200),
  ...series(2000, (i) => -60 + i * 0.07),
  ...series(2000, (i) => 10 ** (-10 + i / 160)),
)
const UNIT = ones(...series(4000, (i) => -1 + i / 2000), ...series(2000, (i) => 10 ** (-38 + i / 53)))
const ANGLES = ones(
  ...series(4000, (i) => -1e5 + i * 50.07),
  ...series(4000, (i) => (i + 1) * (Math.PI / 2)),
  ...series(2000, (i) => 10 ** (-10 + i / 134)),
)
const POWERS = series(2000, (i) => 10 ** (-8 + i / 125)).flatMap((a) =>
  [-7.3, -2, -0.5, 0.3, 1, 3, 8.1].map((b) => [a, b]),
)
/** Angles beyond these are rounded; see `trigonometric.ts`. */
const ANGLE_ENDS = ENDS.filter((x) => Math.abs(x) < 1e9 || !Number.isFinite(x))

const CASES: readonly (readonly [
  name: string,
  truth: (...args: number[]) => number,
  grid: Rows,
  ends: readonly number[],
  bound: number,
])[] = [
  ['sin', Math.sin, ANGLES, ANGLE_ENDS, 1],
  ['cos', Math.cos, ANGLES, ANGLE_ENDS, 1],
  ['tan', Math.tan, ANGLES, ANGLE_ENDS, 2],
  ['atan', Math.atan, REALS, ENDS, 2],
  ['asin', Math.asin, UNIT, ENDS, 2],
  ['erf', special.erf, REALS, ENDS, 2.5],
  ['erfc', special.erfc, REALS, ENDS, 4],
  ['erfcx', special.erfcx, REALS, ENDS, 4],
  ['erfinv', special.erfinv, UNIT, ENDS, 3],
  ['ndtr', special.ndtr, REALS, ENDS, 5],
  ['logNdtr', special.logNdtr, REALS, ENDS, 6],
  ['inverseMillsRatio', mills, REALS, ENDS, 5],
  ['ndtri', special.ndtri, UNIT, ENDS, 3],
  ['asinh', Math.asinh, REALS, ENDS, 2],
  ['atanh', Math.atanh, UNIT, ENDS, 2.5],
  ['logCosh', logCosh, REALS, ENDS, 4.5],
  ['log1mexp', special.log1mexp, REALS, ENDS, 3.5],
  ['pow', (a, b) => a! ** b!, POWERS, ENDS, 1],
]

const formulaOf = (name: string): Formula => (name === 'erfcx' ? erfcx : NUMBERS[name]!)

/** What is farthest from the truth, in words, with how far it is. */
function worst(
  f: Formula,
  rows: Rows,
  truths: readonly number[],
  precision: (typeof PRECISIONS)[number],
): readonly [ulps: number, where: string] {
  const results = runBoth(f, rows, precision)
  const distances = results.map((y, i) => ulps(y, truths[i]!, precision))
  const most = distances.reduce((at, u, i) => (u > distances[at]! || Number.isNaN(u) ? i : at), 0)
  return [distances[most]!, `${precision} at ${rows[most]}: ${results[most]}, not ${truths[most]}`]
}

test.each(CASES)('%s is within its bound of the truth in float32', (name, truth, grid, _, bound) => {
  const rows = grid.map((row) => row.map(Math.fround))
  const [distance, where] = worst(
    formulaOf(name),
    rows,
    rows.map((row) => truth(...row)),
    'float32',
  )
  expect(distance, where).toBeLessThanOrEqual(bound)
})

test.each(CASES.filter(([name]) => name in functions))(
  '%s is within its bound of the truth in float64',
  (name, _, __, ___, bound) => {
    const table = functions[name]!
    const [distance, where] = worst(
      formulaOf(name),
      table.map((row) => row.slice(0, -1)),
      table.map((row) => row.at(-1)!),
      'float64',
    )
    expect(distance, where).toBeLessThanOrEqual(bound)
  },
)

test.each(CASES)('%s is what it is in core where numbers end', (name, truth, _, ends) => {
  for (const precision of PRECISIONS) {
    const xs = ends.map(roundTo(precision))
    const rows =
      name === 'pow' ? [...xs, 2, 3, -3, -0.5, 1025].flatMap((a) => xs.map((b) => [a, b])) : ones(...xs)
    // Inverses give zeros as they are given them, which core does not.
    const truths = rows.map((row) =>
      name === 'erfinv' && Math.abs(row[0]!) < 1e-39 ? (Math.sqrt(Math.PI) / 2) * row[0]! : truth(...row),
    )
    const [distance, where] = worst(formulaOf(name), rows, truths, precision)
    expect(distance, where).toBeLessThanOrEqual(10)
  }
})

test('angles that no longer tell where in a turn they are have sines and cosines from −1 to 1', () => {
  const xs = ones(...series(500, (i) => 10 ** (9 + i / 2)), ...series(500, (i) => -(10 ** (9 + i / 20))))
  for (const f of [NUMBERS['sin']!, NUMBERS['cos']!]) {
    expect(runBoth(f, xs, 'float64').every((y) => Math.abs(y) <= 1)).toBe(true)
  }
})

test('the slope of the inverse Mills ratio is exact to 12 digits, also where it is all but −1', () => {
  const table = functions['inverseMillsSlope']!
  const got = runBoth(
    formulaOf('inverseMillsSlope'),
    table.map(([x]) => [x!]),
    'float64',
  )
  for (const [i, [x, y]] of table.entries()) expect(Math.abs(got[i]! / y! - 1), `at ${x}`).toBeLessThan(1e-12)
  const far = ones(...series(400, (i) => -2e3 - 100 * i))
  for (const precision of PRECISIONS) {
    for (const [i, y] of runBoth(formulaOf('inverseMillsSlope'), far, precision).entries()) {
      const x = far[i]![0]!
      expect(ulps(y, 1 / (x * x) - 6 / x ** 4 - 1, precision), `at ${x}`).toBeLessThan(2)
    }
  }
})
