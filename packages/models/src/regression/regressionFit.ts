import { key as keyOf, NdArray, type Key, type MatrixLike } from '@variate/core'
import type { Summary, SummarizeOptions, Termination } from '@variate/inference'
import { requireCount } from '../observations.ts'
import { requireLevel } from './checkOptions.ts'
import { rowsLike, type Design } from './design.ts'
import { arraysOf, type Draws, type Known, type Moments } from './known.ts'
import type { PredictOptions } from './options.ts'

/** An interval that holds each number with a probability: equal tails are outside. */
export interface RegressionInterval<Value> {
  readonly lower: Value
  readonly upper: Value
}

/** What is known of a number, or of many one by one. */
export interface RegressionEstimate<Value> {
  readonly mean: Value
  readonly sd: Value
  /** @throws DomainError unless 0 < level < 1; 0.9, if not given. */
  interval(level?: number): RegressionInterval<Value>
}

/** What is to be expected in new rows: arrays of shape [m]. */
export interface RegressionPrediction extends RegressionInterval<NdArray<Float64Array>> {
  readonly mean: NdArray<Float64Array>
  readonly sd: NdArray<Float64Array>
}

/** Draws of the posterior. */
export interface RegressionDraws {
  /** [count, d]. */
  readonly coefficients: NdArray<Float64Array>
  /** [count]; 0 without an intercept. */
  readonly intercept: NdArray<Float64Array>
}

export interface RegressionFit {
  /** Of each column, [d]: of the scaled ones, where they are standardized. */
  readonly coefficients: RegressionEstimate<NdArray<Float64Array>>
  /** 0, exactly, without an intercept. */
  readonly intercept: RegressionEstimate<number>
  /** The evidence lower bound, in nats; where the posterior is exact, log p(y). */
  readonly elbo: number
  /** The estimate of the bound in each step; empty where the posterior is exact. */
  readonly history: Float64Array
  readonly termination: Termination
  /** `kHat`: the shape of the tail of the weights p(y, w)/q(w); above 0.7 q is too thin somewhere. −∞ where the posterior is exact. */
  readonly diagnostics: { readonly kHat: number }
  /** What is to be feared, in sentences. */
  readonly warnings: readonly string[]
  readonly posterior: {
    /** @throws DomainError unless count is a whole number ≥ 1. */
    sample(count: number, options?: { readonly seed?: number; readonly key?: Key }): Promise<RegressionDraws>
  }
  /** A table of all weights, called as the columns of x are. `String(…)` of it is to be printed. */
  summary(options?: SummarizeOptions): Summary
}

/** What a fit is made of, whatever the response. */
export interface Result {
  readonly design: Design
  readonly hasIntercept: boolean
  readonly known: Known
  readonly draws: Draws
  readonly summarize: (draws: Readonly<Record<string, Float64Array>>, options?: SummarizeOptions) => Summary
  readonly record: Pick<RegressionFit, 'elbo' | 'history' | 'termination' | 'diagnostics' | 'warnings'>
}

const LEVEL = 0.9
const ZERO: Moments = { mean: 0, sd: 0, quantile: () => 0 }

/** What the fits of all regressions have. */
export function regressionFit(who: string, result: Result): RegressionFit {
  const { design, hasIntercept, known, record } = result
  const { columns } = design
  const size = columns + (hasIntercept ? 1 : 0)
  const all = Array.from({ length: columns }, (_, at) => known.weight(at))
  const { mean, sd } = arraysOf(all, LEVEL)
  return {
    ...record,
    coefficients: {
      mean,
      sd,
      interval: (level = LEVEL) => {
        requireLevel(`${who}.coefficients.interval`, level)
        const { lower, upper } = arraysOf(all, level)
        return { lower, upper }
      },
    },
    intercept: estimate(`${who}.intercept`, hasIntercept ? known.weight(columns) : ZERO),
    posterior: {
      sample: async (count, { seed = 0, key } = {}) => {
        requireCount(`${who}.posterior.sample`, 'count', count)
        return split(await known.draw(key ?? keyOf(seed), count), size, columns)
      },
    },
    summary: (options) => {
      const { weights, noise } = result.draws
      const count = weights.length / size
      const column = (at: number) => Float64Array.from({ length: count }, (_, s) => weights[s * size + at]!)
      const named = (name: string) => (name === 'intercept' || name === 'noise' ? `column ${name}` : name)
      const names = design.names?.map(named) ?? Array.from({ length: columns }, (_, at) => `x[${at}]`)
      return result.summarize(
        {
          ...(hasIntercept ? { intercept: column(columns) } : {}),
          ...Object.fromEntries(names.map((name, at) => [name, column(at)])),
          ...(noise ? { noise } : {}),
        },
        options,
      )
    },
  }
}

export function estimate(who: string, { mean, sd, quantile }: Moments): RegressionEstimate<number> {
  return {
    mean,
    sd,
    interval: (level = LEVEL) => {
      requireLevel(`${who}.interval`, level)
      return { lower: quantile((1 - level) / 2), upper: quantile((1 + level) / 2) }
    },
  }
}

/** What is known of each row by a function of it. */
export function predictRows(
  who: string,
  { design, hasIntercept }: Result,
  x: MatrixLike,
  { level = LEVEL }: PredictOptions,
  of: (rows: { x: Float64Array; columns: number; size: number }, at: number) => Moments,
): RegressionPrediction {
  requireLevel(who, level)
  const { x: own, rows } = rowsLike(who, design, x)
  const like = { x: own, columns: design.columns, size: design.columns + (hasIntercept ? 1 : 0) }
  return arraysOf(
    Array.from({ length: rows }, (_, at) => of(like, at)),
    level,
  )
}

/** log p(y | data) of each row. */
export function logProbRows(
  who: string,
  { design, hasIntercept, known }: Result,
  x: MatrixLike,
  y: (rows: number) => (eta: number, noise: number, at: number) => number,
): NdArray<Float64Array> {
  const { x: own, rows } = rowsLike(who, design, x)
  const like = { x: own, columns: design.columns, size: design.columns + (hasIntercept ? 1 : 0) }
  const log = y(rows)
  const values = Float64Array.from({ length: rows }, (_, at) =>
    known.logProb(like, at, (eta, noise) => log(eta, noise, at)),
  )
  return new NdArray(values, [rows])
}

function split(
  { weights, noise }: Draws,
  size: number,
  columns: number,
): RegressionDraws & { readonly noise?: NdArray<Float64Array> } {
  const count = weights.length / size
  const coefficients = Float64Array.from(
    { length: count * columns },
    (_, at) => weights[Math.floor(at / columns) * size + (at % columns)]!,
  )
  const intercept = Float64Array.from({ length: count }, (_, s) =>
    size > columns ? weights[s * size + columns]! : 0,
  )
  return {
    coefficients: new NdArray(coefficients, [count, columns]),
    intercept: new NdArray(intercept, [count]),
    ...(noise ? { noise: new NdArray(noise, [count]) } : {}),
  }
}
