import { readFileSync } from 'node:fs'

/** Rows of numbers, inputs first, and the names of their columns; written by scripts/special-oracles.py. */
export interface Oracle {
  readonly columns: readonly string[]
  readonly cases: readonly (readonly number[])[]
}

/** JSON has no infinities and no NaN: they are strings there. */
export function readOracle(name: string): Oracle {
  const { columns, cases } = readJson(name) as { columns: string[]; cases: (number | string)[][] }
  return { columns, cases: cases.map((row) => row.map(Number)) }
}

/** What scipy answers at poles and at the ends of domains: name, arguments, value. */
export function readLimits(): readonly (readonly [string, readonly number[], number])[] {
  const { cases } = readJson('limits') as { cases: [string, (number | string)[], number | string][] }
  return cases.map(([name, inputs, value]) => [name, inputs.map(Number), Number(value)])
}

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../oracles/special/${name}.json`, import.meta.url), 'utf8'))
}

export type Scalar = (...inputs: number[]) => number

export interface Worst {
  readonly error: number
  readonly count: number
  /** The inputs, what was computed and what was expected, in words. */
  readonly where: string
}

/** The largest error of f over the rows, as `measure` counts it; NaN is the largest of all. */
export function worstCase(
  oracle: Oracle,
  column: string,
  inputs: number,
  f: Scalar,
  measure: (actual: number, expected: number) => number,
): Worst {
  const at = oracle.columns.indexOf(column)
  let error = 0
  let where = 'exact everywhere'
  for (const row of oracle.cases) {
    const expected = row[at]!
    const actual = f(...row.slice(0, inputs))
    const value = Object.is(actual, expected) ? 0 : measure(actual, expected)
    if (value <= error) continue
    error = Number.isNaN(value) ? Infinity : value
    where = `(${row.slice(0, inputs).join(', ')}) gives ${actual}, expected ${expected}`
  }
  return { error, count: oracle.cases.length, where }
}

/** |actual − expected| in units of |expected|, of `floor` where that is larger; nothing below 1e-290 counts. */
export function relativeTo(floor: number): (actual: number, expected: number) => number {
  return (actual, expected) => {
    if (Math.abs(expected) < 1e-290 && Math.abs(actual) < 1e-290) return 0
    return Math.abs(actual - expected) / Math.max(Math.abs(expected), floor)
  }
}

/** Units in the last place of float32 between the rounded value and the exact one. */
export function float32Ulps(actual: number, expected: number): number {
  const rounded = Math.fround(actual)
  if (rounded === Math.fround(expected)) return 0.5
  const size = Math.max(Math.abs(expected), 2 ** -126)
  return Math.abs(rounded - expected) / 2 ** (Math.floor(Math.log2(size)) - 23)
}
