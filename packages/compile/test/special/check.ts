import { readFileSync } from 'node:fs'
import type { Tensor } from '@tensorflow/tfjs-core'
import { sum, type Real } from '@variate/core/ops'
import { compile, grad, type Precision } from '../../src/index.ts'
import { PRECISIONS } from '../wasm/run.ts'
import { ulps } from '../wasm/ulps.ts'

/** A function of numbers, or of tensors: element by element. */
export type Elementwise = (...args: Real[]) => Real

/** A derivative of a function in one argument after the other. */
export function derivative(f: Elementwise, ...inputs: readonly number[]): Elementwise {
  return inputs.reduce<Elementwise>(
    (g, at) =>
      (...args) =>
        grad((x: Tensor) => sum(g(...args.toSpliced(at, 1, x)) as Tensor))(args[at] as Tensor),
    f,
  )
}

export type Rows = readonly (readonly number[])[]

/** Every combination of numbers. */
export function grid(...axes: readonly (readonly number[])[]): Rows {
  return axes.reduce<Rows>((rows, axis) => rows.flatMap((row) => axis.map((x) => [...row, x])), [[]])
}

/** What results are held to. */
export interface Bound {
  /** How far they may be from the truth in float64, relative to it, … */
  readonly error: number
  /** … or to this where it is less. */
  readonly floor?: number
  /** Both, if not told. */
  readonly precisions?: readonly Precision[]
}

/** What is less than this is not held to a relative error: it is near the least normal number. */
const TINY = 1e-290

/**
 * Where a program of float64 does not give what is true, or one of float32 the same, rounded; and whatever JavaScript they
 * call.
 */
export function differences(
  f: Elementwise,
  truth: (...args: number[]) => number,
  rows: Rows,
  { error, floor = TINY, precisions = PRECISIONS }: Bound,
): readonly string[] {
  return precisions.flatMap((precision) => {
    const round = precision === 'float32' ? Math.fround : Number
    const given = rows.map((row) => row.map(round))
    const { results, called } = run(f, given, precision)
    const far = given.flatMap((row, i) => {
      const [got, value] = [results[i]!, truth(...row)]
      if (got === round(value) || Object.is(got, round(value)) || (got === 0 && Math.abs(value) < TINY))
        return []
      const gap = Math.abs(got - value) / error
      const distance =
        precision === 'float32' && gap > floor
          ? ulps(got, value, precision) / 0.6
          : gap / Math.max(Math.abs(value), floor)
      return distance <= 1 ? [] : [`${precision} at ${row.join(', ')}: ${got}, not ${value}`]
    })
    return [...called, ...far]
  })
}

/** What a program gives for each row, and what it calls JavaScript for. */
function run(
  f: Elementwise,
  rows: Rows,
  precision: Precision,
): { readonly results: ArrayLike<number>; readonly called: readonly string[] } {
  const columns = rows[0]!.map((_, at) => Float64Array.from(rows, (row) => row[at]!))
  const program = compile((...args: Tensor[]) => f(...args) as Tensor, { precision })
  const result = program(...(columns as never[])) as Tensor | { readonly data: Float64Array }
  const { called } = program.explain()
  return { results: 'dataSync' in result ? result.dataSync() : result.data, called }
}

/** The 50-digit values that core's own functions are held to: arguments, and the value in a column. */
export function oracle(file: string, column: string, arity: number): readonly (readonly number[])[] {
  const url = new URL(`../../../core/test/oracles/special/${file}.json`, import.meta.url)
  const { columns, cases } = JSON.parse(readFileSync(url, 'utf8')) as {
    columns: string[]
    cases: (number | string)[][]
  }
  const at = columns.indexOf(column)
  return cases.map((row) => [...row.slice(0, arity), row[at]!].map(Number))
}

/** Where a program of float64 does not give the values of an oracle; and whatever JavaScript it calls. */
export function misses(f: Elementwise, rows: Rows, { error, floor = TINY }: Bound): readonly string[] {
  const { results, called } = run(
    f,
    rows.map((row) => row.slice(0, -1)),
    'float64',
  )
  const far = rows.flatMap((row, i) => {
    const [got, value] = [results[i]!, row.at(-1)!]
    if (Object.is(got, value) || (Math.abs(got) < TINY && Math.abs(value) < TINY)) return []
    const distance = Math.abs(got - value) / Math.max(Math.abs(value), floor) / error
    return distance <= 1 ? [] : [`at ${row.slice(0, -1).join(', ')}: ${got}, not ${value}`]
  })
  return [...called, ...far]
}

/** Positive numbers of all sizes, and where methods change. */
export const SIZES: readonly number[] = [
  1e-300, 1e-30, 1e-10, 1e-5, 1e-3, 0.01, 0.1, 0.3, 0.49, 0.5, 0.7, 0.9, 1, 1.2, 1.5, 2, 3, 5, 7.9, 8, 10, 13,
  19.5, 20, 24, 28, 39.9, 40, 55, 80, 100, 150, 300, 1000, 2500, 1e4, 1e6, 1e8, 1e12, 1e20,
]

/** What is not positive, or no usual number. */
export const ODD: readonly number[] = [0, -1, -2.5, NaN, Infinity, -Infinity]
