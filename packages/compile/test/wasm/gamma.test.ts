import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { special } from '@variate/core'
import { inDouble, type Formula } from '../../src/wasm/inDouble.ts'
import { digamma, logMinusDigamma, trigamma } from '../../src/wasm/maths/digamma.ts'
import { digammaDifference, trigammaDifference } from '../../src/wasm/maths/gammaDifference.ts'
import { lgamma } from '../../src/wasm/maths/lgamma.ts'
import { lbetaOfPositive, logBetaDensity } from '../../src/wasm/maths/logBetaDensity.ts'
import { logGammaDensity } from '../../src/wasm/maths/logGammaDensity.ts'
import { logBinomialDensity, logNegativeBinomialDensity } from '../../src/wasm/maths/logTrials.ts'
import { PRECISIONS, runBoth } from './run.ts'
import { ENDS, roundTo, series, ulps } from './ulps.ts'

// The 50-digit values that core's own functions are held to.

interface Oracle {
  readonly columns: readonly string[]
  readonly cases: readonly (readonly number[])[]
}

function readOracle(name: string): Oracle {
  const url = new URL(`../../../core/test/oracles/special/${name}.json`, import.meta.url)
  const { columns, cases } = JSON.parse(readFileSync(url, 'utf8')) as {
    columns: string[]
    cases: (number | string)[][]
  }
  return { columns, cases: cases.map((row) => row.map(Number)) }
}

/** How far results may be, relative to the value, or to `floor` if that is larger. */
const CASES: readonly (readonly [name: string, f: Formula, bound: number, floor: number, oracle: string])[] =
  [
    ['lgamma', lgamma, 1e-14, 1, 'lgamma'],
    ['digamma', digamma, 2e-15, 1, 'digamma'],
    ['trigamma', trigamma, 1e-15, 0, 'trigamma'],
    ['digammaDifference', digammaDifference, 1e-15, 0, 'digammaDifference'],
    ['trigammaDifference', trigammaDifference, 1e-15, 0, 'digammaDifference'],
    ['logMinusDigamma', logMinusDigamma, 2e-15, 1, 'logMinusDigamma'],
    ['lbeta', lbetaOfPositive, 5e-15, 1, 'lbeta'],
    ['logGammaDensity', logGammaDensity, 2e-14, 1, 'logGammaDensity'],
    ['logBetaDensity', logBetaDensity, 2e-13, 1, 'logBetaDensity'],
    ['logBinomialDensity', logBinomialDensity, 1e-13, 1, 'logBinomialDensity'],
    ['logNegativeBinomialDensity', logNegativeBinomialDensity, 1e-13, 1, 'logNegativeBinomialDensity'],
  ]

test.each(CASES)('%s is within its bound of 50-digit values in float64', (name, f, bound, floor, file) => {
  const { columns, cases } = readOracle(file)
  const column = columns.indexOf(name)
  const arity = columns.findIndex((other) => other in special)
  const results = runBoth(
    f,
    cases.map((row) => row.slice(0, arity)),
    'float64',
  )
  for (const [i, row] of cases.entries()) {
    const truth = row[column]!
    const error = Object.is(results[i], truth) ? 0 : Math.abs(results[i]! - truth)
    const scale = Math.max(Math.abs(truth), floor)
    expect(error / (scale || 1), `at ${row.slice(0, arity)}: ${results[i]}`).toBeLessThanOrEqual(bound)
  }
})

const UNARY = [
  ['lgamma', lgamma, special.lgamma],
  ['digamma', digamma, special.digamma],
  ['trigamma', trigamma, special.trigamma],
] as const

test.each(UNARY)('%s in float32 is the rounded one, and what core has where numbers end', (_, f, truth) => {
  const rounded = inDouble(f)
  const grid = [
    ...ENDS,
    ...series(60, (i) => -i),
    ...series(4000, (i) => -20 + i / 100 + 1e-3),
    ...series(2000, (i) => 10 ** (-38 + i / 27)),
  ].map((x) => [Math.fround(x)])
  for (const [i, y] of runBoth(rounded, grid, 'float32').entries()) {
    expect(ulps(y, Math.fround(truth(grid[i]![0]!)), 'float32'), `at ${grid[i]}: ${y}`).toBeLessThanOrEqual(1)
  }
  for (const precision of PRECISIONS) {
    const round = roundTo(precision)
    const ends = [...ENDS, -1, -2, -1e10, -(2 ** 60)].map((x) => [round(x)])
    for (const [i, y] of runBoth(rounded, ends, precision).entries()) {
      const expected = round(truth(ends[i]![0]!))
      const bound = precision === 'float32' ? 1 : 500
      expect(ulps(y, expected, precision), `at ${ends[i]}: ${y}`).toBeLessThanOrEqual(bound)
    }
  }
})
