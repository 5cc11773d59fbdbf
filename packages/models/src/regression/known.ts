import { foldIn, key as keyOf, NdArray, random, special, type Key } from '@variate/core'
import { backward, forward, predictor, type RegressionData } from './laplace.ts'

type Rows = Pick<RegressionData, 'x' | 'columns' | 'size'>

/** What is known of a number: its moments and quantiles. */
export interface Moments {
  readonly mean: number
  readonly sd: number
  quantile(probability: number): number
}

/** What is known of the weights: the coefficients, and the intercept last, if there is one. */
export interface Known {
  weight(at: number): Moments
  /** Of the noise, where there is one that is unknown. */
  readonly noise: Moments | undefined
  /** Of a function that rises with the linear predictor of a row. */
  row(rows: Rows, at: number, rising: (eta: number) => number): Moments
  /** Of a new observation of normal noise. */
  observation(rows: Rows, at: number): Moments
  /** log p(y | data) of a row, for its log density at a linear predictor and noise. */
  logProb(rows: Rows, at: number, of: (eta: number, noise: number) => number): number
  /** Draws of all weights, [count, size], and of the noise, [count]. */
  draw(key: Key, count: number): Promise<Draws>
}

export interface Draws {
  readonly weights: Float64Array
  readonly noise: Float64Array | undefined
}

/** Rows are many: for each of them so many draws must do. */
const ROW_DRAWS = 4000

/** By draws of the posterior, which are as good as they are many. */
export function knownByDraws(draws: Draws, size: number, draw: Known['draw']): Known {
  const { weights, noise } = draws
  const all = weights.length / size
  const count = Math.min(all, ROW_DRAWS)
  const each = (f: (draw: number) => number, of = count): Float64Array => {
    const values = new Float64Array(of)
    for (let s = 0; s < of; s++) values[s] = f(s)
    return values
  }
  // The same for every row, and for every call.
  const errors = noise && random.normal(foldIn(keyOf(0), 1), [count], { dtype: 'float64' }).data
  return {
    weight: (at) => momentsOf(each((s) => weights[s * size + at]!, all)),
    noise: noise && momentsOf(noise),
    row: (rows, at, rising) => momentsOf(each((s) => rising(predictor(rows, weights, at, s * size)))),
    observation: (rows, at) => {
      const values = each((s) => predictor(rows, weights, at, s * size))
      const { mean, sd } = momentsOf(values)
      const variance = noise!.reduce((sum, x) => sum + x * x, 0) / all
      const { quantile } = momentsOf(values.map((x, s) => x + noise![s]! * errors![s]!))
      return { mean, sd: Math.sqrt(sd * sd + variance), quantile }
    },
    logProb: (rows, at, of) => {
      const logs = each((s) => of(predictor(rows, weights, at, s * size), noise ? noise[s]! : 1))
      const most = logs.reduce((a, b) => Math.max(a, b), -Infinity)
      if (most === -Infinity) return most
      return most + Math.log(logs.reduce((sum, x) => sum + Math.exp(x - most), 0) / count)
    },
    draw,
  }
}

/** Of a normal posterior at known noise, exactly: its mean, and the factor L of its precision L·Lᵀ. */
export function knownExactly(mean: Float64Array, factor: Float64Array, noise: number): Known {
  const size = mean.length
  const deviation = (row: Float64Array): number => Math.hypot(...forward(factor, row))
  const rowOf = ({ x, columns }: Rows, at: number): Float64Array => {
    const row = new Float64Array(size).fill(1)
    row.set(x.subarray(at * columns, (at + 1) * columns))
    return row
  }
  return {
    weight: (at) =>
      normalMoments(mean[at]!, deviation(Float64Array.from(mean, (_, b) => (b === at ? 1 : 0)))),
    noise: undefined,
    row: (rows, at) => normalMoments(predictor(rows, mean, at), deviation(rowOf(rows, at))),
    observation: (rows, at) =>
      normalMoments(predictor(rows, mean, at), Math.hypot(deviation(rowOf(rows, at)), noise)),
    logProb: (rows, at, of) => {
      const eta = predictor(rows, mean, at)
      return of(eta, Math.hypot(deviation(rowOf(rows, at)), noise))
    },
    draw: async (key, count) => {
      const white = random.normal(key, [count, size], { dtype: 'float64' }).data
      const weights = new Float64Array(count * size)
      for (let s = 0; s < count; s++) {
        const away = backward(factor, white.slice(s * size, (s + 1) * size))
        for (let a = 0; a < size; a++) weights[s * size + a] = mean[a]! + away[a]!
      }
      return { weights, noise: undefined }
    },
  }
}

/** The moments of many as arrays of a shape. */
export function arraysOf(
  all: readonly Moments[],
  level: number,
): Readonly<Record<'mean' | 'sd' | 'lower' | 'upper', NdArray<Float64Array>>> {
  const array = (of: (moments: Moments) => number): NdArray<Float64Array> =>
    new NdArray(Float64Array.from(all, of), [all.length])
  return {
    mean: array(({ mean }) => mean),
    sd: array(({ sd }) => sd),
    lower: array(({ quantile }) => quantile((1 - level) / 2)),
    upper: array(({ quantile }) => quantile((1 + level) / 2)),
  }
}

function momentsOf(values: Float64Array): Moments {
  let sum = 0
  for (const value of values) sum += value
  const mean = sum / values.length
  let squares = 0
  for (const value of values) squares += (value - mean) ** 2
  const variance = squares / (values.length - 1)
  let sorted: Float64Array | undefined
  return {
    mean,
    sd: Math.sqrt(variance),
    quantile: (probability) => {
      sorted ??= values.toSorted()
      const at = probability * (sorted.length - 1)
      const below = Math.floor(at)
      const low = sorted[below]!
      return low + (at - below) * ((sorted[below + 1] ?? low) - low)
    },
  }
}

function normalMoments(mean: number, sd: number): Moments {
  return { mean, sd, quantile: (probability) => mean + sd * special.ndtri(probability) }
}
