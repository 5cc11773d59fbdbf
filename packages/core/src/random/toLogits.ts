import { DomainError, ShapeError } from '../errors.ts'
import type { MatrixLike, VectorLike } from '../matrix.ts'
import { indicesOf, NdArray } from '../ndarray.ts'

/** How far the sum of probabilities may be from 1: the rounding of a few thousand float32 numbers. */
const SUM_TOLERANCE = 1e-5

/** Unnormalised log probabilities or probabilities of the categories along the last axis, never both. */
export type CategoricalParameters =
  | { readonly logits: VectorLike | MatrixLike; readonly probs?: never }
  | { readonly probs: VectorLike | MatrixLike; readonly logits?: never }

/**
 * Logits in float64, checked, of shape [...batch, categories].
 *
 * @throws ShapeError without categories; DomainError for what cannot be a logit or a probability.
 */
export function toLogits(parameters: CategoricalParameters, who: string): NdArray<Float64Array> {
  const { logits, probs } = parameters
  if ((logits === undefined) === (probs === undefined)) {
    throw new DomainError(
      `${who}: pass either probs or logits, got ${logits === undefined ? 'neither' : 'both'}`,
    )
  }
  if (logits !== undefined) return checkLogits(read(logits, `${who}: logits`), `${who}: logits`)
  const { data, shape } = checkProbs(read(probs!, `${who}: probs`), `${who}: probs`)
  return new NdArray(data.map(Math.log), shape)
}

function read(x: VectorLike | MatrixLike, who: string): NdArray<Float64Array> {
  const array = 'shape' in x ? fromShaped(x) : fromNested(x, who)
  const categories = array.shape.at(-1)
  if (categories === undefined || categories === 0) {
    throw new ShapeError(
      `${who} must have at least one category on the last axis, got shape [${array.shape}]`,
    )
  }
  return array
}

function fromShaped(x: Extract<VectorLike | MatrixLike, { shape: unknown }>): NdArray<Float64Array> {
  return new NdArray(Float64Array.from('dataSync' in x ? x.dataSync() : x.data), x.shape)
}

function fromNested(x: ArrayLike<number> | readonly ArrayLike<number>[], who: string): NdArray<Float64Array> {
  const items = Array.from<unknown>(x)
  if (!items.some(isRow)) return new NdArray(numbers(items, who), [items.length])
  const rows = items.map((item) => (isRow(item) ? Array.from<unknown>(item) : []))
  const columns = rows[0]!.length
  const ragged = rows.findIndex((row) => row.length !== columns)
  if (ragged >= 0) {
    throw new ShapeError(
      `${who} has ragged rows: row 0 has ${columns} columns, row ${ragged} has ${rows[ragged]!.length}`,
    )
  }
  return new NdArray(numbers(rows.flat(), who), [rows.length, columns])
}

function isRow(item: unknown): item is ArrayLike<unknown> {
  return typeof item === 'object' && item !== null && 'length' in item
}

/** What comes from JSON may hold null or text, whatever its type says. */
function numbers(items: readonly unknown[], who: string): Float64Array {
  const bad = items.findIndex((item) => typeof item !== 'number')
  if (bad >= 0) throw new DomainError(`${who} must hold numbers, got ${String(items[bad])}`)
  return Float64Array.from(items as readonly number[])
}

function checkLogits(logits: NdArray<Float64Array>, who: string): NdArray<Float64Array> {
  const { data, shape } = logits
  const categories = shape.at(-1)!
  for (let start = 0; start < data.length; start += categories) {
    let possible = false
    for (let i = start; i < start + categories; i++) {
      const logit = data[i]!
      if (Number.isNaN(logit) || logit === Infinity) {
        throw new DomainError(`${who} must be finite or -Infinity, got ${logit} at [${indicesOf(i, shape)}]`)
      }
      possible ||= logit > -Infinity
    }
    if (!possible) {
      throw new DomainError(
        `${who} must leave one category possible, got only -Infinity${batchOf(start, shape)}`,
      )
    }
  }
  return logits
}

function checkProbs(probs: NdArray<Float64Array>, who: string): NdArray<Float64Array> {
  const { data, shape } = probs
  const categories = shape.at(-1)!
  for (let start = 0; start < data.length; start += categories) {
    let sum = 0
    for (let i = start; i < start + categories; i++) {
      const prob = data[i]!
      if (!(prob >= 0)) throw new DomainError(`${who} must be >= 0, got ${prob} at [${indicesOf(i, shape)}]`)
      sum += prob
    }
    if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
      throw new DomainError(
        `${who} must sum to 1, got ${sum}${batchOf(start, shape)}; pass logs of unnormalised weights as logits`,
      )
    }
  }
  return probs
}

/** Where the distribution is whose first category is at `offset`; nothing if there is but one. */
function batchOf(offset: number, shape: readonly number[]): string {
  return shape.length > 1 ? ` at [${indicesOf(offset, shape).slice(0, -1)}]` : ''
}
