import type { Value } from '../../wasm/value.ts'
import type { Wide } from './wide.ts'

/** The factor of matrices, and whether all pivots are positive: where one is not, the factor is NaN from there on. */
export interface Factored {
  readonly factor: Value
  readonly isPositive: Value
}

/** The Cholesky factor of matrices [..., n, n], column by column, each taken from what is right of it. */
export function factored(w: Wide, a: Value, n: number): Factored {
  const { l } = w
  const zero = l.constant(0)
  const columns: Value[] = []
  let rest = a
  let isPositive: Value | undefined
  for (let j = 0; j < n; j++) {
    const column = w.at(rest, -1, j)
    const pivot = w.at(column, -2, j)
    const isRight = l.both(l.gt(pivot, zero), l.lt(pivot, l.constant(Infinity)))
    isPositive = isPositive ? l.both(isPositive, isRight) : isRight
    const scaled = l.div(column, l.sqrt(l.select(isRight, pivot, l.constant(NaN))))
    const below = l.select(
      w.mask([n, 1], ([i]) => i! >= j),
      scaled,
      zero,
    )
    columns.push(below)
    if (j < n - 1) rest = l.sub(rest, l.mul(below, rows(w, below)))
  }
  return { factor: w.concat(columns, -1), isPositive: isPositive! }
}

/** Columns [..., n, 1] as rows [..., 1, n]. */
function rows(w: Wide, columns: Value): Value {
  return w.op('Unsqueeze', w.op('Squeeze', columns, [-1]), [-2])
}

interface Triangle {
  readonly lower: boolean
  readonly transpose: boolean
}

/** X with T·X = B, or Tᵀ·X = B, row by row, each taken from those that are left. */
export function solved(w: Wide, t: Value, b: Value, n: number, { lower, transpose }: Triangle): Value {
  const { l } = w
  const isForward = lower !== transpose
  const order = Array.from({ length: n }, (_, step) => (isForward ? step : n - 1 - step))
  const found: Value[] = []
  let rest = b
  for (const [step, i] of order.entries()) {
    const line = transpose ? w.at(t, -2, i) : w.at(t, -1, i)
    const column = transpose ? w.op('Unsqueeze', w.op('Squeeze', line, [-2]), [-1]) : line
    const row = l.div(w.at(rest, -2, i), w.at(column, -2, i))
    found[i] = row
    if (step === n - 1) break
    const isLeft = w.mask([n, 1], ([k]) => (isForward ? k! > i : k! < i))
    rest = l.sub(rest, l.mul(l.select(isLeft, column, l.constant(0)), row))
  }
  return w.concat(found, -2)
}
